/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.api.extension.NamedFilesystem;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.volume.TreeSize;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;
import org.bootstrapvz.volume.internal.filesystem.Btrfs;
import org.bootstrapvz.volume.internal.filesystem.Ext2;
import org.bootstrapvz.volume.internal.filesystem.Ext3;
import org.bootstrapvz.volume.internal.filesystem.Ext4;
import org.bootstrapvz.volume.internal.filesystem.Xfs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesystemWriterTest {
  private static final Pattern ADVICE = Pattern.compile("at least (\\S+)");

  private static final List<NamedFilesystem> FILESYSTEMS =
      List.of(
          new NamedFilesystem("ext2", new Ext2()),
          new NamedFilesystem("ext3", new Ext3()),
          new NamedFilesystem("ext4", new Ext4()),
          new NamedFilesystem("btrfs", new Btrfs()),
          new NamedFilesystem("xfs", new Xfs()));

  @TempDir Path folder;
  private final TestSandbox sandbox = new TestSandbox().running();
  private Path tree;

  @BeforeEach
  void plantTree() throws Exception {
    tree = Files.createDirectories(folder.resolve("tree"));
    Files.createDirectories(tree.resolve("etc/deep"));
    Files.writeString(tree.resolve("etc/hostname"), "image\n");
    Files.createLink(tree.resolve("etc/deep/hostname"), tree.resolve("etc/hostname"));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("etc/hostname"));
    byte[] content = new byte[3 << 20];
    new Random(1).nextBytes(content);
    Files.write(tree.resolve("content"), content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext2", "ext3", "ext4"})
  void anExtFilesystemIsValidAndContainsTheTree(String filesystem) throws Exception {
    VolumeLayout layout = write(new TestManifest().withPartition("root", "100MiB", filesystem));

    Path file = extract(layout.root());
    run("e2fsck", "-f", "-n", file.toString());
    String superblock = run("dumpe2fs", "-h", file.toString());
    assertTrue(superblock.contains(layout.root().uuid()), superblock);
    assertTrue(superblock.matches("(?s).*Block size: +4096\n.*"), superblock);
    assertFalse(superblock.contains("orphan_file"), superblock);
    assertTrue(run("debugfs", "-R", "cat /etc/hostname", file.toString()).endsWith("image"));
    assertTrue(run("debugfs", "-R", "stat /etc/hostname", file.toString()).contains("Links: 2"));
  }

  @Test
  void theTopDirectoryHasModeAndOwnerOfTheTree() throws Exception {
    Files.setAttribute(tree, "unix:mode", 01777);

    VolumeLayout layout =
        write(
            new TestManifest()
                .withPartition("root", "64MiB", "ext4")
                .withPartition("srv", "64MiB", "ext4")
                .with(
                    "volume.partitions.srv.format_command", List.of("mkfs.ext4", "{device_path}")));

    for (Partition partition : layout.mounted()) {
      Path file = extract(partition);
      String stat = run("debugfs", "-R", "stat /", file.toString());
      assertTrue(stat.contains("Type: directory    Mode:  01777"), stat);
      assertTrue(
          stat.contains(String.format("User: %5d", (Integer) Files.getAttribute(tree, "unix:uid"))),
          stat);
      run("e2fsck", "-f", "-n", file.toString());
    }
  }

  @Test
  void aBtrfsIsValidAndHasItsUuid() throws Exception {
    VolumeLayout layout = write(new TestManifest().withPartition("root", "256MiB", "btrfs"));

    Path file = extract(layout.root());
    run("btrfs", "check", file.toString());
    assertTrue(
        run("btrfs", "inspect-internal", "dump-super", file.toString())
            .contains(layout.root().uuid()));
  }

  @Test
  @EnabledIf("mountsFiles")
  void anXfsIsValidAndContainsTheTree() throws Exception {
    Files.setAttribute(tree.resolve("etc"), "unix:mode", 01770);

    VolumeLayout layout = write(new TestManifest().withPartition("root", "320MiB", "xfs"));

    Path file = extract(layout.root());
    run("xfs_repair", "-n", "-f", file.toString());
    String found = run("blkid", "-p", file.toString());
    assertTrue(found.contains("UUID=\"" + layout.root().uuid() + "\""), found);
    assertTrue(found.contains("TYPE=\"xfs\""), found);
    String inode =
        run("xfs_db", "-r", "-c", "path /etc/hostname", "-c", "print core", file.toString());
    assertTrue(inode.contains("core.nlinkv2 = 2"), inode);
    assertTrue(
        run("xfs_db", "-r", "-c", "path /etc", "-c", "print core.mode", file.toString())
            .contains("041770"));
    assertFalse(Files.exists(folder.resolve("mount-partition-1.img")));
  }

  @Test
  @EnabledIf("mountsFiles")
  void directoriesOfABtrfsBecomeSubvolumesWithTheirContent() throws Exception {
    Files.createDirectories(tree.resolve("home/inner"));
    TestManifest manifest = new TestManifest().withPartition("root", "256MiB", "btrfs");
    manifest.with("volume.partitions.root.subvolumes", List.of("home/inner", "etc", "home"));

    VolumeLayout layout = write(manifest);

    Path file = extract(layout.root());
    run("btrfs", "check", file.toString());
    String trees = run("btrfs", "inspect-internal", "dump-tree", "-t", "root", file.toString());
    for (String name : List.of("home", "etc", "inner")) {
      assertTrue(trees.matches("(?s).*name:? " + name + "\\n.*"), trees);
    }
    assertTrue(
        run("btrfs", "inspect-internal", "dump-tree", file.toString()).contains("name: hostname"));
  }

  static boolean mountsFiles() {
    return System.getProperty("user.name").equals("root")
        && Files.exists(Path.of("/dev/loop-control"));
  }

  @Test
  void extlinuxGetsAnExt4ThatItCanRead() throws Exception {
    TestManifest manifest = new TestManifest().with("system.bootloader", "extlinux");
    VolumeLayout layout = write(manifest.withPartition("root", "100MiB", "ext4"));

    String superblock = run("dumpe2fs", "-h", extract(layout.root()).toString());
    assertFalse(superblock.contains("64bit"), superblock);
  }

  @ParameterizedTest
  @CsvSource({"16MiB, FAT16", "64MiB, FAT32", "300MiB, FAT32"})
  void anEfiSystemPartitionContainsTheTree(String size, String type) throws Exception {
    TestManifest manifest = new TestManifest().with("system.firmware", "uefi");
    manifest.with("volume.partitions.esp.size", size).withPartition("root", "100MiB", "ext4");
    Files.delete(tree.resolve("link"));

    VolumeLayout layout = write(manifest);

    Path file = extract(layout.with(Partition.Role.ESP).orElseThrow());
    run("fsck.vfat", "-n", file.toString());
    assertTrue(run("mdir", "-b", "-/", "-i", file.toString(), "::").contains("::/etc/hostname"));
    assertTrue(run("blkid", "-p", file.toString()).contains("VERSION=\"" + type + "\""));
    assertTrue(
        run("blkid", "-p", file.toString())
            .contains("UUID=\"" + layout.with(Partition.Role.ESP).orElseThrow().uuid() + "\""));
  }

  @Test
  void swapSpaceHasItsUuid() throws Exception {
    TestManifest manifest = new TestManifest().with("volume.partitions.swap.size", "64MiB");
    VolumeLayout layout = write(manifest.withPartition("root", "100MiB", "ext4"));

    Partition swap = layout.with(Partition.Role.SWAP).orElseThrow();
    String found = run("blkid", "-p", extract(swap).toString());
    assertTrue(found.contains("UUID=\"" + swap.uuid() + "\""), found);
    assertTrue(found.contains("TYPE=\"swap\""), found);
  }

  @Test
  void aFormatCommandOfTheManifestMakesAndFillsTheFilesystem() throws Exception {
    TestManifest manifest = new TestManifest().withPartition("root", "100MiB", "ext4");
    manifest.with(
        "volume.partitions.root.format_command",
        List.of("mkfs.{fs}", "-O", "^metadata_csum", "-L", "custom", "{device_path}"));

    VolumeLayout layout = write(manifest);

    Path file = extract(layout.root());
    run("e2fsck", "-f", "-n", file.toString());
    String superblock = run("dumpe2fs", "-h", file.toString());
    assertTrue(superblock.contains("custom") && superblock.contains(layout.root().uuid()));
    assertTrue(run("debugfs", "-R", "cat /etc/hostname", file.toString()).endsWith("image"));
  }

  @Test
  void nothingOutsideOfThePartitionIsChanged() throws Exception {
    TestManifest manifest = new TestManifest().withPartition("boot", "40MiB", "ext2");
    VolumeLayout layout =
        VolumeLayout.of(
            manifest
                .withPartition("root", "60MiB", "ext4")
                .withPartition("var", "256MiB", "btrfs"));
    byte[] before = new byte[(int) layout.size().bytes().count()];
    Arrays.fill(before, (byte) 7);
    Path image = Files.write(folder.resolve("image"), before);

    writer(image).write(layout.root(), tree, TreeMeasurement.of(sandbox, tree));

    byte[] after = Files.readAllBytes(image);
    int start = (int) layout.root().start().bytes().count();
    int end = (int) layout.root().end().bytes().count();
    assertEquals(-1, Arrays.mismatch(after, 0, start, before, 0, start));
    assertEquals(-1, Arrays.mismatch(after, end, after.length, before, end, before.length));
  }

  @ParameterizedTest
  @CsvSource({"ext2, 24MiB", "ext3, 32MiB", "ext4, 32MiB", "btrfs, 140MiB"})
  void theAdviceForAPartitionThatIsTooSmallWorks(String filesystem, String size) throws Exception {
    for (int i = 0; i < 1500; i++) {
      Path sub = Files.createDirectories(tree.resolve("many/" + i % 50));
      Files.writeString(sub.resolve("file" + i), "x".repeat(i * 8));
    }
    byte[] content = new byte[24 << 20];
    new Random(2).nextBytes(content);
    Files.write(tree.resolve("more"), content);

    BuildException failure =
        assertThrows(
            BuildException.class,
            () -> write(new TestManifest().withPartition("root", size, filesystem)));

    String message = failure.getMessage();
    assertTrue(message.contains("The root partition is too small"), message);
    assertTrue(message.contains("volume.partitions.root.size"), message);
    Matcher advice = ADVICE.matcher(message);
    assertTrue(advice.find(), message);
    assertTrue(Bytes.parse(advice.group(1)).compareTo(Bytes.mebibytes(256)) < 0, message);
    write(new TestManifest().withPartition("root", advice.group(1), filesystem));
  }

  @Test
  void runningOutOfSpaceInSpiteOfTheEstimateGivesTheSameAdvice() throws Exception {
    byte[] content = new byte[80 << 20];
    new Random(3).nextBytes(content);
    Files.write(tree.resolve("more"), content);
    VolumeLayout layout =
        VolumeLayout.of(new TestManifest().withPartition("root", "64MiB", "ext4"));
    Path image = image(layout);

    BuildException failure =
        assertThrows(
            BuildException.class,
            () -> writer(image).write(layout.root(), tree, new TreeSize(1, 1, 1, 0)));

    assertTrue(failure.getMessage().contains("too small"), failure.getMessage());
    assertTrue(failure.getMessage().contains("at least 96MiB"), failure.getMessage());
  }

  @Test
  void aTreeIsMeasuredWithHardLinksOnceAndWithoutHoles() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(tree.resolve("hole").toFile(), "rw")) {
      file.setLength(40 << 20);
    }

    TreeSize size = TreeMeasurement.of(sandbox, tree);

    // tree, etc, etc/deep, hostname, link, content, hole
    assertEquals(7, size.inodes());
    assertEquals((40 << 20) / 4096 - 1, size.fullBlocks() - size.blocks());
    assertTrue(size.blocks() >= 768 && size.blocks() < 780, size.toString());
    assertEquals(2, size.large());
  }

  @Test
  void nothingIsLeftInTheScratchDirectory() throws Exception {
    write(
        new TestManifest()
            .with("volume.partitions.swap.size", "64MiB")
            .withPartition("root", "100MiB", "ext4")
            .withPartition("var", "128MiB", "btrfs"));

    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("image", "tree"), files.map(it -> it.getFileName().toString()).sorted().toList());
    }
  }

  private VolumeLayout write(TestManifest manifest) throws Exception {
    VolumeLayout layout = VolumeLayout.of(manifest);
    Path image = image(layout);
    TreeSize size = TreeMeasurement.of(sandbox, tree);
    for (Partition partition : layout.partitions()) {
      if (partition.filesystem().isPresent()) {
        writer(image, manifest).write(partition, tree, size);
      }
    }
    return layout;
  }

  private FilesystemWriter writer(Path image) {
    return writer(image, new TestManifest());
  }

  private FilesystemWriter writer(Path image, TestManifest manifest) {
    return new FilesystemWriter(sandbox, new ImageFile(image), folder, manifest, FILESYSTEMS);
  }

  private Path image(VolumeLayout layout) throws Exception {
    Path image = folder.resolve("image");
    Files.deleteIfExists(image);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(layout.size().bytes().count());
    }
    return image;
  }

  /** Copies the content of a partition into a separate file. */
  private Path extract(Partition partition) throws Exception {
    Path file = folder.resolve("extracted");
    Files.copy(folder.resolve("image"), file, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel from = FileChannel.open(folder.resolve("image"), StandardOpenOption.READ);
        FileChannel to = FileChannel.open(file, StandardOpenOption.WRITE)) {
      to.truncate(0);
      from.transferTo(partition.start().bytes().count(), partition.length().bytes().count(), to);
    }
    return file;
  }

  private String run(String... command) throws Exception {
    return sandbox.run(Command.of(List.of(command))).text();
  }
}
