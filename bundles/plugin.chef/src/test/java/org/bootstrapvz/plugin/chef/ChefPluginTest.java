/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.chef;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChefPluginTest extends PluginTest<ChefPlugin> {
  ChefPluginTest() {
    super("chef", new ChefPlugin(), new ManifestFiles());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | The key `assets` is missing",
        "{assets: ''} | plugins.chef.assets:",
        "{assets: chef, package: a b} | plugins.chef.package:",
        "{assets: chef, roles: a} | Unknown key `roles`",
        "{assets: chef} | plugins.chef: Debian has had no package chef since its release 11. Name"
            + " a repository",
        "{assets: chef, package: cinc} | Debian has had no package cinc",
      })
  void invalidSettingsAreReported(String settings, String expected) {
    assertOneProblem(settings, expected);
  }

  private static TestManifest manifest() {
    return new TestManifest().with("plugins.chef.assets", "chef");
  }

  private List<String> problems(TestManifest manifest) {
    List<String> problems = new ArrayList<>();
    plugin.check(manifest, problem -> problems.add(String.valueOf(problem)));
    return problems;
  }

  @Test
  void thePackageMayComeFromARepositoryAFileOrAMirrorOfTheManifest() {
    assertEquals(1, problems(manifest()).size());
    assertEquals(
        List.of(),
        problems(
            manifest()
                .with(
                    "packages.sources.chef",
                    List.of("deb https://mirror.example.org/chef stable main"))));
    assertEquals(
        List.of(),
        problems(manifest().with("packages.install", List.of("/srv/chef_18.5.0-1_amd64.deb"))));
    assertEquals(
        List.of(),
        problems(manifest().with("packages.mirror", "https://mirror.example.org/debian")));
    assertEquals(List.of(), problems(manifest().with("system.release", "buster")));
    assertEquals(
        1, problems(manifest().with("packages.install", List.of("/srv/other_1_all.deb"))).size());
  }

  @Test
  void theSettingsOfTheOriginalSelectItsTasks() {
    assertEquals(
        Set.of("AddPackages", "CheckAssetsPath", "CopyChefAssets"),
        TestTaskSet.selectedBy(plugin, manifest()).names());
  }

  @Test
  void thePackageIsThatOfTheManifest() throws Exception {
    TestBuild build = new TestBuild(manifest().with("plugins.chef.package", "cinc"), directory);

    new AddPackages().run(build);

    assertEquals(List.of(PackageRequest.of("cinc")), build.all(PackageRequest.class));
  }

  @Test
  void theSettingsAreMergedWithThoseOfThePackage() throws Exception {
    TestBuild build = newBuild("{assets: chef}");
    Files.writeString(
        Files.createDirectories(directory.resolve("chef/trusted_certs")).resolve("ca.crt"), "a");
    Files.writeString(directory.resolve("chef/client.rb"), "ours");
    build.root().write("etc/chef/client.rb", "of the package");
    build.root().write("etc/chef/kept.rb", "kept");

    new CheckAssetsPath().run(build);
    new CopyChefAssets().run(build);

    assertEquals("ours", build.root().read("etc/chef/client.rb"));
    assertEquals(List.of("client.rb", "kept.rb", "trusted_certs"), build.root().list("etc/chef"));
  }

  @Test
  void settingsThatAreNoDirectoryAreRefusedWithTheirPlace() throws Exception {
    TestBuild build = newBuild("{assets: chef}");

    String message =
        assertThrows(BuildException.class, () -> new CheckAssetsPath().run(build)).getMessage();

    assertTrue(message.contains(": plugins.chef.assets: " + directory), message);
    assertTrue(message.contains("chef is not a directory"), message);
  }
}
