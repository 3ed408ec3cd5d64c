/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.salt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.packages.Preference;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaltPluginTest extends PluginTest<SaltPlugin> {
  SaltPluginTest() {
    super("salt", new SaltPlugin(), new ManifestFiles());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | The key `install_source` is missing",
        "{install_source: nightly} | plugins.salt.install_source:",
        "{install_source: stable, version: a b} | plugins.salt.version:",
        "{install_source: stable, master: a b} | plugins.salt.master:",
        "{install_source: stable, grains: [a]} | plugins.salt.grains:",
        "{install_source: stable, grains: {a: [b]}} | plugins.salt.grains.a:",
        "{install_source: stable, minion: a} | Unknown key `minion`",
        "{install_source: stable} | plugins.salt: Debian has had no package salt-minion since its"
            + " release 11. Name a repository",
      })
  void invalidSettingsAreReported(String settings, String expected) {
    assertOneProblem(settings, expected);
  }

  private static TestManifest manifest(String release) {
    return new TestManifest()
        .with("system.release", release)
        .with("plugins.salt.install_source", "stable");
  }

  private List<String> problems(TestManifest manifest) {
    List<String> problems = new ArrayList<>();
    plugin.check(manifest, problem -> problems.add(String.valueOf(problem)));
    return problems;
  }

  @Test
  void theErrorHasTheLineToWrite() {
    String problem = problems(manifest("trixie")).get(0);

    assertTrue(
        problem.contains(
            "packages: {sources: {salt: ['deb [signed-by=salt.asc]"
                + " https://mirror.example.org/salt stable main']}}"),
        problem);
  }

  @Test
  void aRepositoryOfTheManifestOrAReleaseThatHasSaltIsAccepted() {
    assertEquals(
        List.of(),
        problems(
            manifest("trixie")
                .with(
                    "packages.sources.salt",
                    List.of("deb https://mirror.example.org/salt stable main"))));
    assertEquals(List.of(), problems(manifest("buster")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"git", "daily"})
  void whatTheScriptOfTheOriginalInstalledIsAWarning(String source) {
    List<String> problems =
        problems(manifest("buster").with("plugins.salt.install_source", source));

    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).contains("\"" + source + "\" was a script"), problems.toString());
  }

  @Test
  void theSettingsOfTheOriginalSelectItsTasks() {
    TestManifest manifest = manifest("buster").with("plugins.salt.grains.role", "web");
    assertEquals(
        Set.of("AddSaltPackage", "ConfigureSaltMinion", "SetSaltGrains"),
        TestTaskSet.selectedBy(plugin, manifest).names());
    assertFalse(
        TestTaskSet.selectedBy(plugin, manifest("buster")).names().contains("SetSaltGrains"));
  }

  @ParameterizedTest
  @CsvSource({"3006.9, version 3006.9*", "v2019.2.0, version 2019.2.0*"})
  void theVersionIsPinned(String version, String pin) throws Exception {
    TestManifest manifest = manifest("trixie").with("plugins.salt.version", version);
    TestBuild build = new TestBuild(manifest, directory);

    new AddSaltPackage().run(build);

    assertEquals(List.of(PackageRequest.of("salt-minion")), build.all(PackageRequest.class));
    assertEquals(List.of(new Preference("salt", "salt-*", pin, 1001)), build.all(Preference.class));
  }

  @Test
  void theMinionKnowsItsMasterAndHasNoIdentity() throws Exception {
    TestBuild build =
        new TestBuild(
            manifest("trixie").with("plugins.salt.master", "salt-{system.release}.example.org"),
            directory);
    build.root().write("etc/salt/minion_id", "build-host");
    build.root().write("etc/salt/pki/minion/minion.pem", "a key");

    new ConfigureSaltMinion().run(build);

    assertEquals(
        "master: 'salt-trixie.example.org'\n", build.root().read("etc/salt/minion.d/master.conf"));
    assertFalse(build.root().exists("etc/salt/minion_id"));
    assertEquals(List.of(), build.root().list("etc/salt/pki/minion"));
  }

  @ParameterizedTest
  @CsvSource({"3006.9, 3006.9+ds-1", "v3006, 1:3006.1"})
  void theInstalledVersionIsThatOfTheManifest(String wanted, String installed) throws Exception {
    TestBuild build =
        new TestBuild(manifest("trixie").with("plugins.salt.version", wanted), directory);
    build.host().answering("dpkg-query", installed);

    new ConfigureSaltMinion().run(build);

    assertEquals(List.of(), build.warnings());
  }

  @Test
  void aVersionThatNoSourceHasFailsTheBuildUnlessItWasATagOfGit() throws Exception {
    TestManifest manifest = manifest("trixie").with("plugins.salt.version", "3006");
    TestBuild build = new TestBuild(manifest, directory);
    build.host().answering("dpkg-query", "3007.1");

    String message =
        assertThrows(BuildException.class, () -> new ConfigureSaltMinion().run(build)).getMessage();
    manifest.with("plugins.salt.install_source", "git");
    new ConfigureSaltMinion().run(build);

    assertTrue(
        message.contains(
            "plugins.salt.version: no source of packages has a version 3006 of salt-minion; 3007.1"
                + " was installed"),
        message);
    assertEquals(List.of(message), build.warnings());
  }

  @Test
  void grainsAreQuotedWhateverTheyContain() throws Exception {
    TestBuild build =
        new TestBuild(
            manifest("trixie")
                .with("plugins.salt.grains.role", "it's: #1")
                .with("plugins.salt.grains.port", 80),
            directory);

    new SetSaltGrains().run(build);

    assertEquals("'role': 'it''s: #1'\n'port': '80'\n", build.root().read("etc/salt/grains"));
  }
}
