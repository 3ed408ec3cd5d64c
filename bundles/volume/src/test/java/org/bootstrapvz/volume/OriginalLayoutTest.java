/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.value.Sectors;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code volume.layout: original}. */
class OriginalLayoutTest {
  /** Sizes in MiB; first and last sector of each partition; an asterisk for the boot flag. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          msdos | grub     | root=1024                   | 2097152 | 1 root* 4096-2097151
          msdos | extlinux | root=1024                   | 2097152 | 1 root* 1-2097151
          msdos | none     | root=1024                   | 2097152 | 1 root* 1-2097151
          msdos | grub     | boot=32 root=864 swap=128   | 2097152 | 1 boot* 4096-65536, 2 swap 65537-327680, 3 root 327681-2097151
          msdos | extlinux | boot=64 root=832 swap=128   | 2097152 | 1 boot* 1-131072, 2 swap 131073-393216, 3 root 393217-2097151
          msdos | grub     | root=896 swap=128           | 2097152 | 1 swap 4096-262144, 2 root* 262145-2097151
          gpt   | grub     | root=1024                   | 2097152 | 1 bios 34-2048, 2 root 2049-2097118
          gpt   | extlinux | root=1024                   | 2097152 | 1 root* 34-2097118
          gpt   | grub     | boot=64 swap=128 root=832   | 2097152 | 1 bios 34-2048, 2 boot 2049-131072, 3 swap 131073-393216, 4 root 393217-2097118
          gpt   | extlinux | boot=64 swap=128 root=832   | 2097152 | 1 boot* 34-131072, 2 swap 131073-393216, 3 root 393217-2097118
          gpt   | grub     | boot=1024 swap=128 root=8192 tmp=1024 var=1024 var/tmp=1024 | 25427968 | 1 bios 34-2048, 2 boot 2049-2097152, 3 swap 2097153-2359296, 4 root 2359297-19136512, 5 tmp 19136513-21233664, 6 var 21233665-23330816, 7 var/tmp 23330817-25427934
          gpt   | grub     | root=4096 tmp=1024          | 10485760 | 1 bios 34-2048, 2 root 2049-8388608, 3 tmp 8388609-10485726
          gpt   | extlinux | root=4096 tmp=1024          | 10485760 | 1 root* 34-8388608, 2 tmp 8388609-10485726
          none  | none     | root=1024                   | 2097152 | 0 root 0-2097151
          """)
  void partitionsStartAtTheSameSectorsAsInTheOriginal(
      String table, String bootloader, String partitions, long total, String expected) {
    TestManifest manifest = manifest(table, bootloader, partitions);
    assertEquals(List.of(), problems(manifest));

    VolumeLayout layout = VolumeLayout.of(manifest);

    assertEquals(new Sectors(total), layout.size());
    assertEquals(
        expected,
        layout.partitions().stream()
            .map(OriginalLayoutTest::describe)
            .collect(Collectors.joining(", ")));
  }

  @Test
  void aPartitionWithoutSpaceLeftByTheTableIsReportedBeforeAToolRuns() {
    List<Problem> problems = problems(manifest("gpt", "grub", "root=1"));

    assertEquals("volume.partitions.root.size", problems.get(0).path());
    assertTrue(problems.get(0).message().contains("leave 0B of its 1MiB"), problems.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          msdos | system.firmware       | hybrid | volume.layout              | no EFI system partition | out
          msdos | volume.partitions.tmp | tmp    | volume.partitions.tmp      | boot, swap and root     | gpt
          gpt   | volume.partitions.root.size | 1073741823B | volume.partitions.root.size | sectors | 1GiB
          """)
  void featuresThatTheOriginalLayoutLacksAreAProblem(
      String table, String key, String value, String path, String message, String remedy) {
    TestManifest manifest = manifest(table, "grub", "root=1024");
    if (value.equals("tmp")) {
      manifest.withPartition("tmp", "64MiB", "ext4");
    } else {
      manifest.with(key, value);
    }

    Problem problem = problems(manifest).get(0);

    assertEquals(path, problem.path());
    assertTrue(problem.message().contains(message), problem.toString());
    assertTrue(problem.remedy().contains(remedy), problem.toString());
  }

  private static TestManifest manifest(String table, String bootloader, String partitions) {
    TestManifest manifest = new TestManifest().with("volume.partitions.type", table);
    manifest.with("volume.layout", "original").with("system.bootloader", bootloader);
    for (String partition : partitions.strip().split(" +")) {
      String[] words = partition.split("=");
      manifest.withPartition(words[0], words[1] + "MiB", "ext4");
    }
    return manifest;
  }

  private static List<Problem> problems(TestManifest manifest) {
    List<Problem> problems = new ArrayList<>();
    VolumeLayout.check(manifest, problems::add);
    return problems;
  }

  private static String describe(Partition partition) {
    return partition.index()
        + " "
        + partition.name()
        + (partition.active() ? "* " : " ")
        + partition.start().count()
        + "-"
        + (partition.end().count() - 1);
  }
}
