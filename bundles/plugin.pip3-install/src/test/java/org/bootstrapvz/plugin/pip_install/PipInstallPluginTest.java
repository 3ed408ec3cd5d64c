/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.pip_install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipInstallPluginTest extends PluginTest<PipInstallPlugin> {
  PipInstallPluginTest() {
    super("pip_install", new PipInstallPlugin(), new ManifestFiles());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | The key `packages` is missing",
        "{packages: []} | plugins.pip_install.packages:",
        "{packages: [a, a]} | plugins.pip_install.packages.1: \"a\" appears twice in the list",
        "{packages: [--pre]} | plugins.pip_install.packages.0:",
        "{packages: [a], virtualenv: opt} | plugins.pip_install.virtualenv:",
        "{packages: [a], indexes: x} | Unknown key `indexes`",
      })
  void invalidSettingsAreReported(String settings, String expected) {
    assertOneProblem(settings, expected);
  }

  @Test
  void theSettingsOfTheOriginalSelectItsTasks() {
    assertEquals(
        Set.of("AddPipPackage", "PipInstallCommand"),
        TestTaskSet.selectedBy(plugin, check("{packages: [a]}")).names());
    assertEquals(List.of(), checker.problems());
  }

  private TestBuild buildOf(String release) throws Exception {
    TestManifest manifest =
        new TestManifest()
            .with("system.release", release)
            .with("plugins.pip_install.packages", List.of("a==1", "b"));
    return new TestBuild(manifest, directory);
  }

  @ParameterizedTest
  @CsvSource({
    "buster, python-pip build-essential python-dev",
    "bullseye, python3-pip build-essential python3-dev",
    "bookworm, python3-pip build-essential python3-dev python3-venv",
  })
  void thePackagesAreThoseOfTheRelease(String release, String packages) throws Exception {
    TestBuild build = buildOf(release);

    new AddPipPackage().run(build);

    assertEquals(
        List.of(packages.split(" ")),
        build.all(PackageRequest.class).stream().map(PackageRequest::toString).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "buster, pip install a==1 b",
    "bullseye, pip3 install a==1 b",
    "bookworm, python3 -m venv /opt/pip_install; /opt/pip_install/bin/pip install a==1 b",
  })
  void pipInstallsIntoAVirtualEnvironmentWhereItMayNotChangeTheSystem(
      String release, String commands) throws Exception {
    TestBuild build = buildOf(release);

    new PipInstallCommand().run(build);

    assertEquals(List.of(commands.split("; ")), build.host().imageCommandLines());
  }

  @Test
  void programsOfTheEnvironmentAreFoundAndItsOwnAreNotLinked() throws Exception {
    TestBuild build = newBuild("{packages: [a], virtualenv: /srv/tools}");
    build
        .host()
        .answering(
            command -> command.toString().startsWith("python3 -m venv"),
            command -> {
              build.root().write("srv/tools/bin/activate", "");
              return TestSandbox.result(0);
            })
        .answering(
            command -> command.toString().startsWith("/srv/tools/bin/pip"),
            command -> {
              build.root().write("srv/tools/bin/greeting", "");
              build.root().write("srv/tools/bin/taken", "");
              return TestSandbox.result(0);
            });
    build.root().write("usr/local/bin/taken", "of the image");

    new PipInstallCommand().run(build);

    assertEquals(
        Path.of("/srv/tools/bin/greeting"),
        Files.readSymbolicLink(build.root().resolve("usr/local/bin").resolve("greeting")));
    assertEquals(List.of("greeting", "taken"), build.root().list("usr/local/bin"));
    assertEquals("of the image", build.root().read("usr/local/bin/taken"));
    assertEquals(
        List.of(
            "/usr/local/bin/taken exists, so the program of pip_install is only"
                + " /srv/tools/bin/taken"),
        build.warnings());
  }

  @Test
  void aDirectoryOfPackagesIsTheOnlySource() throws Exception {
    Files.writeString(
        Files.createDirectory(directory.resolve("wheels")).resolve("a-1-py3-none-any.whl"),
        "wheel");
    TestBuild build = newBuild("{packages: [a], index: wheels}");
    List<String> seen = new ArrayList<>();
    build
        .host()
        .answering(
            command -> command.toString().endsWith("pip install a"),
            command -> {
              seen.addAll(build.root().list(command.environment().get("PIP_FIND_LINKS")));
              return TestSandbox.result(0);
            });

    new CheckIndex().run(build);
    new PipInstallCommand().run(build);

    assertEquals(List.of("a-1-py3-none-any.whl"), seen);
    assertEquals(List.of(), build.root().list("tmp"));
    assertEquals(
        List.of(directory.resolve("wheels")),
        plugin.hostFiles(build.manifest()).stream().map(file -> file.file()).toList());
  }

  @Test
  void aMissingDirectoryIsReportedFirst() throws Exception {
    TestBuild build = newBuild("{packages: [a], index: wheels}");
    String message =
        assertThrows(BuildException.class, () -> new CheckIndex().run(build)).getMessage();
    assertTrue(
        message.contains(": plugins.pip_install.index: no such directory: " + directory), message);
  }

  private List<String> problems(TestManifest manifest) {
    List<String> problems = new ArrayList<>();
    plugin.check(manifest, problem -> problems.add(String.valueOf(problem)));
    return problems;
  }

  @Test
  void python2IsAWarningThatNamesMigrate() {
    TestManifest manifest = new TestManifest().with("plugins.pip_install.packages", List.of("a"));

    List<String> problems = problems(manifest.with("system.release", "buster"));

    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).contains("warning"), problems.toString());
    assertTrue(problems.get(0).contains("Run bootstrap-vz migrate"), problems.toString());
    assertEquals(List.of(), problems(manifest.with("system.release", "bullseye")));
  }

  @Test
  void aVirtualEnvironmentInAnEarlierReleaseIsAnError() {
    List<String> problems =
        problems(
            new TestManifest()
                .with("system.release", "bullseye")
                .with("plugins.pip_install.virtualenv", "/opt/a"));

    assertEquals(1, problems.size(), problems.toString());
    assertTrue(
        problems.get(0).contains("pip_install uses a virtual environment from bookworm on only"),
        problems.toString());
  }
}
