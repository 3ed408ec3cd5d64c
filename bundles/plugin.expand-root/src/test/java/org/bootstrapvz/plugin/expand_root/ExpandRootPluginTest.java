/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.expand_root;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpandRootPluginTest extends PluginTest<ExpandRootPlugin> {
  ExpandRootPluginTest() {
    super("expand_root", new ExpandRootPlugin(), new ManifestFiles());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{filesystem_type: xfs} | The root filesystem is ext4 (volume.partitions.root.filesystem), not xfs. Write ext4",
        "{filesystem_type: ntfs} | plugins.expand_root.filesystem_type:",
        "{root_device: sda} | plugins.expand_root.root_device:",
        "{root_partition: one} | plugins.expand_root.root_partition:",
        "{root_partition: 0} | plugins.expand_root.root_partition:",
        "{device: /dev/sda} | Unknown key `device`",
      })
  void invalidSettingsAreReported(String settings, String expected) {
    assertOneProblem(settings, expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{filesystem_type: ext4, root_device: /dev/sda, root_partition: 1}"})
  void theServiceThatFindsTheRootItselfIsSelected(String settings) {
    assertEquals(
        Set.of("AddGrowpartPackage", "AddExpandRoot", "InstallUnits"),
        TestTaskSet.selectedBy(plugin, check(settings)).names());
    assertEquals(List.of(), checker.problems());
  }

  @Test
  void aPartitionBehindTheRootPreventsItsGrowth() {
    List<String> problems = new ArrayList<>();
    plugin.check(
        new TestManifest()
            .withPartition("swap", "1GiB", "swap")
            .withPartition("home", "1GiB", "ext4")
            .with("plugins.expand_root", Map.of()),
        problem -> problems.add(problem.severity() + " " + problem.message()));
    assertEquals(
        List.of(
            "WARNING The root filesystem cannot grow: the partition home follows it on the disk"),
        problems);
  }

  @Test
  void aFolderCannotGrow() {
    List<String> problems = new ArrayList<>();
    plugin.check(
        new TestManifest().with("volume.backing", "folder").with("plugins.expand_root", Map.of()),
        problem -> problems.add(problem.message()));
    assertEquals(List.of("A directory has no disk to grow on"), problems);
  }
}
