/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.filesystem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.common.image.ConvertImage;
import org.bootstrapvz.common.image.MoveImage;
import org.bootstrapvz.common.partitioning.PartitionVolume;
import org.bootstrapvz.common.volume.CreateVolume;
import org.bootstrapvz.common.volume.UnsharedSandbox;
import org.bootstrapvz.common.workspace.ReplacedArtefact;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.volume.Partition;
import org.bootstrapvz.volume.VolumeLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From an empty file to an image, with a few files instead of Debian. */
@EnabledIf("org.bootstrapvz.common.volume.UnsharedSandbox#isPossible")
class FormatTest {
  @TempDir Path folder;
  private UnsharedSandbox sandbox;

  @BeforeEach
  void open() throws Exception {
    sandbox = new UnsharedSandbox();
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void eachFilesystemGetsItsPartOfTheRootAndEmptyMountPointsForTheOthers() throws Exception {
    TestManifest manifest = new TestManifest().with("system.firmware", "hybrid");
    manifest
        .withPartition("root", "100MiB", "ext4")
        .withPartition("boot", "128MiB", "ext2")
        .withPartition("var", "64MiB", "ext4")
        .withPartition("var/tmp", "64MiB", "ext4")
        .with("volume.partitions.var/tmp.mode", "1777");
    try (TestBuild build = new TestBuild(manifest, folder, sandbox)) {
      begin(build);
      Root root = build.root();
      root.write("etc/hostname", "image");
      root.write("boot/vmlinuz", "kernel");
      root.write("boot/efi/EFI/BOOT/BOOTX64.EFI", "grub");
      root.write("var/log/syslog", "log");
      root.write("var/tmp/scratch", "scratch");
      root.makeDirectory("var", 0751);
      end(build);

      VolumeLayout layout = build.require(VolumeLayout.class);
      Path image = build.delivered().get(0);
      assertEquals(folder.resolve("image.raw"), image);
      assertEquals("image", cat(layout.root(), "/etc/hostname"));
      assertEquals(List.of(), list(layout.root(), "/var"));
      assertEquals(List.of(), list(layout.root(), "/boot"));
      assertTrue(stat(layout.root(), "/var").contains("Mode:  0751"));
      assertEquals("kernel", cat(layout.holding("/boot"), "/vmlinuz"));
      assertEquals(List.of(), list(layout.holding("/boot"), "/efi"));
      assertEquals("log", cat(layout.holding("/var"), "/log/syslog"));
      assertEquals(List.of(), list(layout.holding("/var"), "/tmp"));
      assertTrue(stat(layout.holding("/var"), "/tmp").contains("Mode:  01777"));
      assertEquals("scratch", cat(layout.holding("/var/tmp"), "/scratch"));
      assertTrue(stat(layout.holding("/var/tmp"), "/").contains("Mode:  01777"));
      Path esp = extract(layout.holding("/boot/efi"));
      String files = run("mdir", "-b", "-/", "-i", esp.toString(), "::");
      assertTrue(files.endsWith("::/EFI/BOOT/BOOTX64.EFI"), files);
      for (Partition partition : layout.mounted()) {
        if (partition.filesystem().orElseThrow().name().startsWith("ext")) {
          run("e2fsck", "-f", "-n", extract(partition).toString());
        }
      }
    }
  }

  @Test
  void anImageIsDeliveredInTheFormatOfTheManifestAndReplacesAnOlderOne() throws Exception {
    TestManifest manifest = new TestManifest().with("volume.backing", "qcow2");
    manifest.withPartition("root", "64MiB", "ext4");
    Files.writeString(folder.resolve("image.qcow2"), "old");
    try (TestBuild build = new TestBuild(manifest, folder, sandbox)) {
      build.with(ReplacedArtefact.TYPE, new ReplacedArtefact());
      begin(build);
      end(build);

      assertEquals(List.of(folder.resolve("image.qcow2")), build.delivered());
    }
    String info = run("qemu-img", "info", folder.resolve("image.qcow2").toString());
    assertTrue(info.contains("file format: qcow2") && info.contains("64 MiB"), info);
    assertEquals(Set.of("image.qcow2"), images());
  }

  private Set<String> images() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains("image"))
          .collect(Collectors.toSet());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vdi, '', vdi, ''",
    "vmdk, '', vmdk, create type: monolithicSparse",
    "vmdk, streamOptimized, vmdk, create type: streamOptimized",
    "vhd, '', vpc, ''"
  })
  void anImageHasTheRequestedFormatAndSize(
      String backing, String subformat, String format, String detail) throws Exception {
    // 67 MiB is not a valid size for a disk of cylinders, heads and sectors.
    TestManifest manifest = new TestManifest().with("volume.backing", backing);
    manifest.withPartition("root", "67MiB", "ext4");
    if (!subformat.isEmpty()) {
      manifest.with("volume.subformat", subformat);
    }
    try (TestBuild build = new TestBuild(manifest, folder, sandbox)) {
      begin(build);
      build.root().write("etc/hostname", "image");
      end(build);

      assertEquals(List.of(folder.resolve("image." + backing)), build.delivered());
      String image = folder.resolve("image." + backing).toString();
      String info = run("qemu-img", "info", "-f", format, image);
      assertTrue(info.contains("virtual size: 67 MiB") && info.contains(detail), info);
      run("qemu-img", "convert", "-O", "raw", image, folder.resolve("image.raw").toString());
      assertEquals("image", cat(build.require(VolumeLayout.class).root(), "/etc/hostname"));
    }
  }

  @Test
  void aVhdIsThePlainDiskWithAValidFooter() throws Exception {
    TestManifest manifest = new TestManifest().with("volume.backing", "vhd");
    try (TestBuild build =
        new TestBuild(manifest.withPartition("root", "67MiB", "ext4"), folder, sandbox)) {
      begin(build);
      end(build);
    }
    byte[] image = Files.readAllBytes(folder.resolve("image.vhd"));
    int disk = 67 << 20;
    assertEquals(disk + 512, image.length);
    ByteBuffer footer = ByteBuffer.wrap(image, disk, 512).slice();
    byte[] cookie = new byte[8];
    footer.get(cookie);
    assertEquals("conectix", new String(cookie, StandardCharsets.US_ASCII));
    assertEquals(disk, footer.getLong(40));
    assertEquals(disk, footer.getLong(48));
    assertEquals(2, footer.getInt(60), "fixed");
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += i >= 64 && i < 68 ? 0 : footer.get(i) & 0xff;
    }
    assertEquals(~sum, footer.getInt(64));
  }

  @Test
  void mountsInTheRootWorkAndAreNotPartOfTheImage() throws Exception {
    TestManifest manifest = new TestManifest().withPartition("root", "64MiB", "ext4");
    try (TestBuild build = new TestBuild(manifest, folder, sandbox)) {
      begin(build);
      new MountSpecials().run(build);
      Path root = build.root().path();
      run("sh", "-ec", "cd " + root + "; echo x > dev/null; head -c 1 dev/urandom > dev/shm/x");
      run("test", "-e", root + "/proc/self/status");
      run("test", "-d", root + "/sys/kernel");
      end(build);

      VolumeLayout layout = build.require(VolumeLayout.class);
      assertEquals(List.of(), list(layout.root(), "/dev"));
      assertEquals(List.of(), list(layout.root(), "/proc"));
      assertEquals(List.of(), list(layout.root(), "/sys"));
      assertFalse(build.held().toString().contains("mount"), build.held().toString());
    }
  }

  @Test
  void aPartitionThatIsTooSmallIsNamedWithTheRequiredSize() throws Exception {
    TestManifest manifest = new TestManifest().withPartition("root", "64MiB", "ext4");
    manifest.withPartition("srv", "32MiB", "ext4");
    try (TestBuild build = new TestBuild(manifest, folder, sandbox)) {
      begin(build);
      build.root().write("srv/data", "x".repeat(60 << 20));

      BuildException failure = assertThrows(BuildException.class, () -> end(build));

      assertTrue(failure.getMessage().contains("The srv partition"), failure.getMessage());
      assertTrue(failure.getMessage().contains("volume.partitions.srv.size"));
    }
  }

  @Test
  void theRootIsInTheWorkspaceWhenMemoryIsShort() throws Exception {
    TestManifest manifest = new TestManifest().withPartition("root", "64MiB", "ext4");
    try (TestBuild build = new TestBuild(manifest, folder, sandbox)) {
      build.machine().withMemory(100 << 20);
      begin(build);
      build.root().write("etc/hostname", "image");

      assertEquals("image", Files.readString(build.workspace().resolve("tree/root/etc/hostname")));
      end(build);
      assertEquals("image", cat(build.require(VolumeLayout.class).root(), "/etc/hostname"));
    }
  }

  @Test
  void aMountedFilesystemDoesNotGetTheFilesOfOthers() throws Exception {
    Assumptions.assumeTrue(
        sandbox.run(Command.of("losetup", "--find").accepting(0, 1)).status() == 0,
        "no loop devices here");
    TestManifest manifest = new TestManifest().withPartition("root", "320MiB", "xfs");
    manifest.withPartition("var", "64MiB", "ext4").withPartition("var/tmp", "320MiB", "xfs");
    manifest.with("volume.partitions.var.mode", "0750");
    try (TestBuild build = new TestBuild(manifest, folder, sandbox)) {
      begin(build);
      build.root().write("etc/hostname", "image");
      build.root().write("var/log/syslog", "log");
      build.root().write("var/tmp/some", "temporary");
      end(build);

      VolumeLayout layout = build.require(VolumeLayout.class);
      assertTrue(
          xfs(layout.holding("/"), "path /etc/hostname", "print core.size")
              .contains("core.size = 5"));
      String mountPoint = xfs(layout.holding("/"), "path /var", "print core.mode", "ls");
      assertTrue(mountPoint.contains("040750"), mountPoint);
      assertFalse(mountPoint.contains("log"), mountPoint);
      assertEquals("log", cat(layout.holding("/var"), "/log/syslog"));
      assertTrue(xfs(layout.holding("/var/tmp"), "ls /").contains(" some "));
    }
  }

  private String xfs(Partition partition, String... commands) throws Exception {
    List<String> words = new ArrayList<>(List.of("xfs_db", "-r"));
    for (String command : commands) {
      words.addAll(List.of("-c", command));
    }
    words.add(extract(partition).toString());
    return run(words.toArray(String[]::new));
  }

  @Test
  void theRootIsInAFileWhenMemoryIsShortAndFilesCanBeMounted() throws Exception {
    Assumptions.assumeTrue(
        sandbox.run(Command.of("losetup", "--find").accepting(0, 1)).status() == 0,
        "no loop devices here");
    TestManifest manifest = new TestManifest().withPartition("root", "64MiB", "ext4");
    try (TestBuild build = new TestBuild(manifest, folder, sandbox)) {
      build.machine().withMemory(100 << 20).withMountableFiles();
      begin(build);
      build.root().write("etc/hostname", "image");

      assertTrue(run("findmnt", "--target", build.root().path().toString()).contains("ext4"));
      end(build);
      assertEquals("image", cat(build.require(VolumeLayout.class).root(), "/etc/hostname"));
      assertFalse(Files.exists(build.workspace().resolve("scratch.img")));
    }
  }

  private static void begin(TestBuild build) throws Exception {
    new CreateVolume().run(build);
    new PartitionVolume().run(build);
    new CreateRoot().run(build);
    for (String folder : List.of("dev", "proc", "sys", "etc")) {
      build.root().makeDirectory(folder, 0755);
    }
    new CreateMountPoints().run(build);
  }

  private static void end(TestBuild build) throws Exception {
    new UnmountRoot().run(build);
    new Format().run(build);
    new ReleaseRoot().run(build);
    if (!build.manifest().at("volume.backing").text().equals("raw")) {
      new ConvertImage().run(build);
    }
    new MoveImage().run(build);
  }

  private String cat(Partition partition, String path) throws Exception {
    return debugfs(partition, "cat " + path).lines().reduce((a, b) -> b).orElse("");
  }

  private String stat(Partition partition, String path) throws Exception {
    return debugfs(partition, "stat " + path);
  }

  private List<String> list(Partition partition, String path) throws Exception {
    return debugfs(partition, "ls -p " + path)
        .lines()
        .filter(line -> line.startsWith("/"))
        .map(line -> line.split("/")[5])
        .filter(name -> !name.equals(".") && !name.equals(".."))
        .toList();
  }

  private String debugfs(Partition partition, String request) throws Exception {
    return run("debugfs", "-R", request, extract(partition).toString());
  }

  private Path extract(Partition partition) throws Exception {
    Path file = folder.resolve("extracted");
    try (FileChannel from = FileChannel.open(folder.resolve("image.raw"), StandardOpenOption.READ);
        FileChannel to =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      to.truncate(0);
      from.transferTo(partition.start().bytes().count(), partition.length().bytes().count(), to);
    }
    return file;
  }

  private String run(String... command) throws Exception {
    return sandbox.run(Command.of(List.of(command))).text();
  }
}
