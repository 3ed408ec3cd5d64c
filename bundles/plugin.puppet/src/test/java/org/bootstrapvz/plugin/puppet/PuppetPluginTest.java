/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.puppet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.manifest.Manifest;
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

class PuppetPluginTest extends PluginTest<PuppetPlugin> {
  private static final String INSTALL =
      "puppet module install --force --target-dir /etc/puppet/code/environments/production/modules"
          + " --color=false ";

  PuppetPluginTest() {
    super("puppet", new PuppetPlugin(), new ManifestFiles());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | plugins.puppet:",
        "{install_modules: []} | plugins.puppet.install_modules:",
        "{install_modules: [puppetlabs-stdlib]} | plugins.puppet.install_modules.0:",
        "{install_modules: [[stdlib]]} | plugins.puppet.install_modules.0.0: \"stdlib\" is not the"
            + " name of a module. Write AUTHOR-NAME, such as puppetlabs-stdlib",
        "{install_modules: [[a-b, 1.0.0, c]]} | plugins.puppet.install_modules.0:",
        "{install_modules: [[./b, 1.0.0]]} | plugins.puppet.install_modules.0.1: A module of the"
            + " host has no version",
        "{install_modules: [[./My.Module]]} | Puppet finds no module in a directory My.Module",
        "{install_modules: [[a-b]], forge: forge.example.org} | plugins.puppet.forge:",
        "{install_modules: [[./b]], forge: 'https://forge.example.org'} | the address is not used",
        "{forge: 'https://user:secret@forge.example.org', enable_agent: true} |"
            + " plugins.puppet.forge:",
        "{enable_agent: sometimes} | plugins.puppet.enable_agent:",
        "{enable_agent: true, environment: test} | Unknown key `environment`",
      })
  void invalidSettingsAreReported(String settings, String expected) {
    assertOneProblem(settings, expected);
  }

  @Test
  void theSettingsOfTheOriginalSelectItsTasks() {
    Manifest manifest =
        check(
            "{assets: /srv/puppetlabs, manifest: /srv/site.pp, enable_agent: true,"
                + " install_modules: [[puppetlabs-accounts], [puppetlabs-concat, 3.0.0]]}");

    assertEquals(List.of(), checker.problems());
    assertEquals(
        Set.of(
            "InstallPuppetAgent",
            "CheckAssetsPath",
            "CopyPuppetAssets",
            "CheckManifestPath",
            "ApplyPuppetManifest",
            "InstallModules",
            "EnableAgent"),
        TestTaskSet.selectedBy(plugin, manifest).names());
  }

  @ParameterizedTest
  @CsvSource({
    "bullseye, , puppet",
    "bookworm, , puppet-agent",
    "trixie, openvox-agent, openvox-agent",
  })
  void thePackageIsThatOfTheReleaseOrOfTheManifest(String release, String name, String expected)
      throws Exception {
    TestManifest manifest =
        new TestManifest().with("system.release", release).with("plugins.puppet.package", name);
    TestBuild build = new TestBuild(manifest, directory);

    new InstallPuppetAgent().run(build);

    assertEquals(List.of(PackageRequest.of(expected)), build.all(PackageRequest.class));
  }

  @Test
  void certificatesAreInstalledForModulesOfAForge() throws Exception {
    TestBuild build = newBuild("{install_modules: [[puppetlabs-stdlib]]}");

    new InstallPuppetAgent().run(build);

    assertTrue(
        build.all(PackageRequest.class).contains(PackageRequest.of("ca-certificates")),
        build.all(PackageRequest.class).toString());
  }

  @Test
  void modulesComeFromTheForgeFromArchivesAndFromDirectories() throws Exception {
    Files.writeString(directory.resolve("b.tar.gz"), "archive");
    Files.writeString(
        Files.createDirectories(directory.resolve("ours-motd/manifests")).resolve("init.pp"),
        "class motd {}");
    TestBuild build =
        newBuild(
            "{forge: 'https://forge.example.org', install_modules: [[puppetlabs-stdlib, 9.0.0],"
                + " [puppetlabs/apt], [./b.tar.gz], [./ours-motd]]}");
    List<String> archives = new ArrayList<>();
    build
        .host()
        .answering(
            command -> command.toString().contains("/tmp/"),
            command -> {
              archives.add(build.root().read("tmp/puppet-module.tar.gz"));
              return TestSandbox.result(0);
            });

    new CheckModules().run(build);
    new InstallModules().run(build);

    assertEquals(
        List.of(
            INSTALL
                + "puppetlabs-stdlib --module_repository https://forge.example.org --version 9.0.0",
            INSTALL + "puppetlabs/apt --module_repository https://forge.example.org",
            INSTALL + "/tmp/puppet-module.tar.gz"),
        build.host().imageCommandLines());
    assertEquals(List.of("archive"), archives);
    assertEquals(List.of(), build.root().list("tmp"));
    assertEquals(
        "class motd {}",
        build
            .root()
            .read("etc/puppet/code/environments/production/modules/motd/manifests/init.pp"));
    assertEquals(
        List.of(directory.resolve("b.tar.gz"), directory.resolve("ours-motd")),
        plugin.hostFiles(build.manifest()).stream().map(file -> file.file()).toList());
  }

  @Test
  void aModuleThatTheForgeDoesNotHaveIsNamedWithItsPlace() throws Exception {
    TestBuild build = newBuild("{install_modules: [[puppetlabs-nosuch]]}");
    build.host().failing("puppet module", 1, "Error: Could not find module 'puppetlabs-nosuch'");

    BuildException e = assertThrows(BuildException.class, () -> new InstallModules().run(build));

    assertTrue(
        e.getMessage()
            .contains(
                ": plugins.puppet.install_modules.0.0: Puppet could not install the module"
                    + " puppetlabs-nosuch. Check its name and version, and plugins.puppet.forge"),
        e.getMessage());
    assertTrue(e.getMessage().contains("Could not find module"), e.getMessage());
  }

  @Test
  void everyDirectoryThatIsNotAModuleIsReported() throws Exception {
    Files.createDirectories(directory.resolve("empty"));
    TestBuild build = newBuild("{install_modules: [[./empty], [./missing], [./no.tar.gz]]}");

    BuildException e = assertThrows(BuildException.class, () -> new CheckModules().run(build));

    assertEquals(3, e.getMessage().lines().count(), e.getMessage());
    assertTrue(e.getMessage().contains("empty is not a module: it has none of manifests"));
    assertTrue(e.getMessage().contains("install_modules.1.0: "), e.getMessage());
    assertTrue(e.getMessage().contains("no.tar.gz is not a file"), e.getMessage());
  }

  private Path assets() throws Exception {
    Path assets = directory.resolve("assets");
    Files.createDirectories(assets.resolve("puppet"));
    Files.writeString(assets.resolve("puppet/puppet.conf"), "[agent]\n");
    Files.createDirectories(assets.resolve("code/environments/production"));
    Files.writeString(assets.resolve("code/environments/production/hiera.yaml"), "version: 5\n");
    return assets;
  }

  @Test
  void theSettingsAreWhereThePuppetOfDebianReadsThem() throws Exception {
    assets();
    TestBuild build = newBuild("{assets: assets}");

    new CheckAssetsPath().run(build);
    new CopyPuppetAssets().run(build);

    assertEquals("[agent]\n", build.root().read("etc/puppet/puppet.conf"));
    assertTrue(build.root().isFile("etc/puppet/code/environments/production/hiera.yaml"));
    assertFalse(build.root().exists("etc/puppetlabs"));
  }

  @Test
  void thePuppetOfItsVendorHasItsOwnDirectories() throws Exception {
    assets();
    TestBuild build = newBuild("{assets: assets, install_modules: [[puppetlabs-stdlib]]}");
    build.root().write("opt/puppetlabs/bin/puppet", "", 0755);

    new InstallModules().run(build);
    new CopyPuppetAssets().run(build);

    assertEquals("[agent]\n", build.root().read("etc/puppetlabs/puppet/puppet.conf"));
    assertTrue(build.root().isFile("etc/puppetlabs/code/environments/production/hiera.yaml"));
    assertTrue(
        build.host().imageCommandLines().get(0).startsWith("/opt/puppetlabs/bin/puppet module"),
        build.host().imageCommandLines().toString());
  }

  @Test
  void settingsThatAreNoDirectoryAndAManifestThatIsNoFileAreRefused() throws Exception {
    Files.writeString(directory.resolve("file"), "");
    TestBuild build = newBuild("{assets: file, manifest: .}");

    String assets =
        assertThrows(BuildException.class, () -> new CheckAssetsPath().run(build)).getMessage();
    String manifest =
        assertThrows(BuildException.class, () -> new CheckManifestPath().run(build)).getMessage();

    assertTrue(assets.contains(": plugins.puppet.assets: "), assets);
    assertTrue(assets.contains("file is not a directory"), assets);
    assertTrue(manifest.contains(": plugins.puppet.manifest: "), manifest);
    assertTrue(manifest.contains(" is not a file"), manifest);
  }

  @Test
  void aManifestIsAppliedWithoutLeavingFactsOfTheBuildHost() throws Exception {
    Files.writeString(directory.resolve("site.pp"), "notice('Hello')");
    TestBuild build = newBuild("{manifest: site.pp}");
    List<String> applied = new ArrayList<>();
    build
        .host()
        .answering(
            command -> command.toString().startsWith("puppet apply --detailed-exitcodes"),
            command -> {
              applied.add(build.root().read("tmp/puppet-apply/manifest.pp"));
              build.root().write("tmp/puppet-apply/var/facts", "of the host");
              return TestSandbox.result(2, "Notice: Hello");
            });

    new CheckManifestPath().run(build);
    new ApplyPuppetManifest().run(build);

    assertEquals(List.of("notice('Hello')"), applied);
    assertEquals(List.of(), build.root().list("tmp"));
  }

  @ParameterizedTest
  @CsvSource({"1, Error: Could not parse", "4, Error: a resource failed", "6, Error: one failed"})
  void aResourceThatFailsFailsTheBuild(int status, String output) throws Exception {
    Files.writeString(directory.resolve("site.pp"), "notice('Hello')");
    TestBuild build = newBuild("{manifest: site.pp}");
    build.host().failing("puppet apply", status, output);

    String message =
        assertThrows(BuildException.class, () -> new ApplyPuppetManifest().run(build)).getMessage();

    assertTrue(
        message.contains(": plugins.puppet.manifest: Puppet could not apply the manifest:\n"),
        message);
    assertTrue(message.contains(output), message);
  }

  @Test
  void theAgentStartsWithTheMachine() throws Exception {
    TestBuild build = newBuild("{enable_agent: true}");

    new EnableAgent().run(build);

    assertEquals(List.of("systemctl enable puppet.service"), build.host().imageCommandLines());
  }
}
