/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionTableTest {
  private static final Pattern PARTITION =
      Pattern.compile(".*start= *(\\d+), size= *(\\d+), type=([^,]+).*");

  @TempDir Path folder;

  static Stream<TestManifest> special() {
    return Stream.of("msdos", "gpt")
        .flatMap(table -> Stream.of("grub", "extlinux").map(it -> manifest(table, it)))
        .flatMap(
            manifest ->
                Stream.of(
                    manifest.get().with("volume.layout", "original"),
                    manifest
                        .get()
                        .withPartition("var", "99MiB", "ext4")
                        .withPartition("srv", "99MiB", "ext4")));
  }

  private static Supplier<TestManifest> manifest(String table, String bootloader) {
    return () ->
        new TestManifest()
            .with("volume.partitions.type", table)
            .with("system.bootloader", bootloader)
            .withPartition("boot", "64MiB", "ext2")
            .with("volume.partitions.swap.size", "64MiB")
            .withPartition("root", "300MiB", "ext4");
  }

  @ParameterizedTest
  @MethodSource("org.bootstrapvz.volume.VolumeLayoutTest#combinations")
  @MethodSource("special")
  void sfdiskReadsTheSameLayout(TestManifest manifest) throws Exception {
    VolumeLayout layout = VolumeLayout.of(manifest);
    Path image = folder.resolve("image");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(layout.size().bytes().count());
    }

    PartitionTable.write(layout, new ImageFile(image), new TestSandbox().running());

    String verdict =
        new TestSandbox().running().run(Command.of("sfdisk", "-V", image.toString())).text();
    assertTrue(verdict.contains("No errors detected"), verdict);
    String dump =
        new TestSandbox().running().run(Command.of("sfdisk", "-d", image.toString())).text();
    int index = 0;
    for (String line : dump.split("\n")) {
      Matcher found = PARTITION.matcher(line);
      if (!found.matches()) {
        continue;
      }
      Partition partition = layout.partitions().get(index++);
      assertEquals(String.valueOf(partition.start().count()), found.group(1));
      assertEquals(String.valueOf(partition.length().count()), found.group(2));
      assertEquals(partition.type(), found.group(3).toLowerCase(Locale.ROOT));
      assertEquals(
          partition.active(), line.contains("bootable") || line.contains("LegacyBIOSBootable"));
      if (layout.table() == TableType.GPT) {
        assertTrue(line.contains(partition.partUuid().toUpperCase(Locale.ROOT)), line);
        assertTrue(line.contains('"' + partition.label() + '"'), line);
      }
    }
    assertEquals(layout.partitions().size(), index);
    assertTrue(dump.toLowerCase(Locale.ROOT).contains(layout.id()), dump);
  }
}
