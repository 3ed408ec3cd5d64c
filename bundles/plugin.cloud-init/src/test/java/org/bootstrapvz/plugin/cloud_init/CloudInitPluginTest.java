/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.cloud_init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.common.ssh.AddSSHKeyGeneration;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudInitPluginTest extends PluginTest<CloudInitPlugin> {
  CloudInitPluginTest() {
    super("cloud_init", new CloudInitPlugin(), new ManifestFiles());
  }

  private TestBuild build(String settings) throws IOException {
    TestBuild build = newBuild(settings);
    build
        .root()
        .write(
            ModuleLists.FILE,
            """
            users:
              - default
            cloud_init_modules:
             - seed_random
             # The disk.
             - growpart
             - ssh

            cloud_config_modules:
              - mounts
              - ntp
            system_info:
              distro: debian
            """);
    return build;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | The key `username` is missing",
        "{username: Ada} | plugins.cloud_init.username: \"Ada\"",
        "{username: ada, user: x} | Unknown key `user`",
        "{username: ada, groups: [docker, docker]} | plugins.cloud_init.groups",
        "{username: ada, groups: docker} | plugins.cloud_init.groups",
        "{username: ada, metadata_sources: 'NoCloud;Ec2'} | plugins.cloud_init.metadata_sources",
        "{username: ada, metadata_sources: NoCluod} | cloud-init may not know the source NoCluod. Did you mean NoCloud",
        "{username: ada, disable_modules: ['*']} | plugins.cloud_init.disable_modules.0: \"*\" is not a valid regular expression",
        "{username: ada, enable_modules: {cloud_modules: []}} | Unknown key `cloud_modules`",
        "{username: ada, enable_modules: {cloud_init_modules: [{module: ssh}]}} | The key `position` is missing",
        "{username: ada, enable_modules: {cloud_init_modules: [{module: ssh, position: 0}]}} | position",
      })
  void invalidSettingsAreReported(String settings, String expected) {
    assertOneProblem(settings, expected);
  }

  @Test
  void withoutACloudTheRootFilesystemGrowsAndTheServerGetsItsKeysAsWell() {
    Set<String> tasks =
        TestTaskSet.selectedBy(
                plugin,
                check("{username: ada, disable_modules: []}"),
                AddSSHKeyGeneration.class.getName())
            .names();
    assertEquals(
        Set.of(
            "AddCloudInitPackages",
            "AddGrowpartPackage",
            "AddExpandRoot",
            "InstallUnits",
            "AddSSHKeyGeneration",
            "SetUsername",
            "KeepAptSources"),
        tasks);
    assertEquals(List.of(), checker.problems());
  }

  @Test
  void userGroupsAndSourcesAreReadAfterDebiansOwnSettings() throws Exception {
    TestBuild build =
        build("{username: ada, groups: [docker, adm], metadata_sources: 'NoCloud , None'}");
    new SetUsername().run(build);
    new SetGroups().run(build);
    new SetMetadataSource().run(build);
    String drop = "etc/cloud/cloud.cfg.d/91_";
    assertTrue(build.root().read(drop + "default_user.cfg").contains("    name: ada\n"));
    assertEquals(
        "datasource_list: [NoCloud, None]\n", build.root().read(drop + "metadata_sources.cfg"));
    assertEquals(
        "system_info:\n  default_user:\n    groups: [adm, audio, cdrom, dialout, dip, floppy, netdev,"
            + " plugdev, video, docker]\n",
        build.root().read(drop + "groups.cfg"));
  }

  @Test
  void modulesAreDisabledByNameOrExpressionWithHyphenOrUnderscore() throws Exception {
    TestBuild build =
        build("{username: ada, disable_modules: ['seed[-_]random', mounts, m.*, gone]}");
    new DisableModules().run(build);
    String text = build.root().read(ModuleLists.FILE);
    assertFalse(text.contains("seed_random") || text.contains("mounts"), text);
    assertTrue(text.contains("  - default\n"), "the users are not a module: " + text);
    assertEquals(
        List.of(
            "cloud-init has no module m.* that could be disabled",
            "cloud-init has no module gone that could be disabled"),
        build.warnings());
  }

  private static String list(int position) {
    return "{username: ada, enable_modules: {cloud_init_modules: [{module: ssh, position: "
        + position
        + "}]}}";
  }

  @ParameterizedTest
  @CsvSource({
    "1,ssh seed_random growpart",
    "2,ssh seed_random growpart",
    "3,seed_random ssh growpart",
    "4,seed_random growpart ssh",
    "99,seed_random growpart ssh",
  })
  void anExistingModuleIsMovedToItsPosition(int position, String order) throws Exception {
    TestBuild build = build(list(position));
    new EnableModules().run(build);
    List<String> modules =
        build
            .root()
            .read(ModuleLists.FILE)
            .lines()
            .filter(line -> line.startsWith(" - "))
            .map(line -> line.substring(3))
            .toList();
    assertEquals(List.of(order.split(" ")), modules);
  }

  @Test
  void aModuleGetsTheIndentOfItsList() throws Exception {
    TestBuild build =
        build(
            "{username: ada, enable_modules: {cloud_config_modules: [{module: new, position: 3}]}}");
    new EnableModules().run(build);
    assertTrue(
        build.root().read(ModuleLists.FILE).contains("  - mounts\n  - new\n  - ntp\n"),
        build.root().read(ModuleLists.FILE));
  }

  @Test
  void aListThatTheImageDoesNotHaveIsAnError() throws Exception {
    TestBuild build =
        build("{username: ada, enable_modules: {cloud_final_modules: [{module: x, position: 2}]}}");
    BuildException e = assertThrows(BuildException.class, () -> new EnableModules().run(build));
    assertTrue(e.getMessage().contains("has no list cloud_final_modules"), e.getMessage());
  }
}
