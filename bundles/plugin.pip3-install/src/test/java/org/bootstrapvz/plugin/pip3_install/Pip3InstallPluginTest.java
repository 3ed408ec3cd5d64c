/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.pip3_install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestSandbox;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Pip3InstallPluginTest extends PluginTest<Pip3InstallPlugin> {
  Pip3InstallPluginTest() {
    super("pip3_install", new Pip3InstallPlugin(), new ManifestFiles());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | The key `packages` is missing",
        "{packages: []} | plugins.pip3_install.packages:",
        "{packages: hello} | plugins.pip3_install.packages:",
        "{packages: [a, a]} | plugins.pip3_install.packages.1: \"a\" appears twice in the list",
        "{packages: [--pre]} | plugins.pip3_install.packages.0:",
        "{packages: [a], virtualenv: opt} | plugins.pip3_install.virtualenv:",
        "{packages: [a], build_tools: some} | plugins.pip3_install.build_tools:",
        "{packages: [a], indexes: x} | Unknown key `indexes`",
      })
  void invalidSettingsAreReported(String settings, String expected) {
    assertOneProblem(settings, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{packages: [a]} | python3-pip build-essential python3-dev",
        "{packages: [a], build_tools: false, virtualenv: /opt/a} | python3-pip python3-venv",
      })
  void onlyTheRequiredPackagesAreInstalled(String settings, String packages) throws Exception {
    TestBuild build = newBuild(settings);
    new AddPip3Package().run(build);
    assertEquals(
        List.of(packages.split(" ")),
        build.all(PackageRequest.class).stream().map(PackageRequest::toString).toList());
  }

  @Test
  void pipMayChangeTheSystem() throws Exception {
    TestBuild build =
        newBuild("{packages: ['a==1', b], index: 'https://index.example.org/simple'}");
    new Pip3InstallCommand().run(build);
    assertEquals(List.of("pip3 install a==1 b"), build.host().imageCommandLines());
    Map<String, String> environment = build.host().imageCommands().get(0).environment();
    assertEquals("1", environment.get("PIP_BREAK_SYSTEM_PACKAGES"));
    assertEquals("https://index.example.org/simple", environment.get("PIP_INDEX_URL"));
    assertEquals(
        Set.of("AddPip3Package", "Pip3InstallCommand"),
        TestTaskSet.selectedBy(plugin, build.manifest()).names());
  }

  @Test
  void aDirectoryOfPackagesIsTheOnlySourceAndDoesNotStayInTheImage() throws Exception {
    Files.writeString(
        Files.createDirectory(directory.resolve("wheels")).resolve("a-1-py3-none-any.whl"),
        "wheel");
    TestBuild build = newBuild("{packages: [a], index: wheels, virtualenv: /opt/a}");
    List<String> seen = new ArrayList<>();
    build
        .host()
        .answering(
            command -> command.toString().equals("/opt/a/bin/pip install a"),
            command -> {
              seen.addAll(build.root().list(command.environment().get("PIP_FIND_LINKS")));
              assertEquals("1", command.environment().get("PIP_NO_INDEX"));
              return TestSandbox.result(0);
            });
    new CheckIndex().run(build);
    new Pip3InstallCommand().run(build);
    assertEquals(List.of("a-1-py3-none-any.whl"), seen);
    assertEquals("python3 -m venv /opt/a", build.host().imageCommandLines().get(0));
    assertEquals(List.of(), build.root().list("tmp"));
    assertTrue(TestTaskSet.selectedBy(plugin, build.manifest()).names().contains("CheckIndex"));
  }

  @Test
  void aMissingDirectoryIsReportedFirst() throws Exception {
    TestBuild build = newBuild("{packages: [a], index: wheels}");
    BuildException e = assertThrows(BuildException.class, () -> new CheckIndex().run(build));
    assertTrue(
        e.getMessage().contains(": plugins.pip3_install.index: no such directory: " + directory),
        e.getMessage());
  }

  @Test
  void aPackageThatDoesNotExistIsNamed() throws Exception {
    TestBuild build = newBuild("{packages: [a, nosuch]}");
    build
        .host()
        .failing(
            "pip3",
            1,
            "ERROR: Could not find a version that satisfies the requirement nosuch",
            "ERROR: No matching distribution found for nosuch");
    BuildException e =
        assertThrows(BuildException.class, () -> new Pip3InstallCommand().run(build));
    assertTrue(
        e.getMessage()
            .contains(": plugins.pip3_install.packages: pip finds no package nosuch that"),
        e.getMessage());
  }
}
