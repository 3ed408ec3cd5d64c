/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.virtualbox.ova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.common.image.StreamOptimizedDisk;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.ManifestChecker;
import org.bootstrapvz.testkit.TestBuild;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageOvaTest {
  private static final String MANIFEST =
      """
      name: a machine
      provider: {name: virtualbox, ova: true}
      bootstrapper: {workspace: /target}
      system: {release: trixie, architecture: amd64, bootloader: grub, charmap: UTF-8, locale: en_US, timezone: UTC}
      volume: {backing: vmdk, partitions: {type: gpt, root: {filesystem: ext4, size: 1GiB}}}
      """;

  @TempDir Path folder;
  private TestBuild build;
  private Path disk;

  @BeforeEach
  void makeDisk() throws IOException {
    build = new TestBuild(new ManifestChecker(new ManifestFiles(), folder).read(MANIFEST), folder);
    build.host().running();
    disk = Files.writeString(build.workspace().resolve("disk"), "content of a disk");
    build.provide(StreamOptimizedDisk.class, new StreamOptimizedDisk(disk, Bytes.mebibytes(1024)));
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  @Test
  void theArchiveContainsDescriptorChecksumsAndDiskInThisOrder() throws Exception {
    new PackageOva().run(build);
    Path ova = folder.resolve("a machine.ova");
    assertEquals(List.of(ova), build.delivered());
    assertEquals(
        List.of("a machine.ovf", "a machine.mf", "disk1.vmdk"),
        build.run(Command.of("tar", "--list", "--file", ova.toString())).output());

    Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
    build.run(Command.of("tar", "--extract", "--file=" + ova, "--directory=" + unpacked));
    String descriptor = Files.readString(unpacked.resolve("a machine.ovf"));
    assertTrue(descriptor.contains("ovf:href=\"disk1.vmdk\" ovf:size=\"17\""), descriptor);
    assertTrue(descriptor.contains("ovf:capacity=\"1073741824\""), descriptor);
    assertTrue(descriptor.contains("<Name>a machine</Name>"), descriptor);
    assertEquals(
        "content of a disk",
        Files.readString(unpacked.resolve("disk1.vmdk")),
        "not a symbolic link");
    assertEquals(
        "SHA256(a machine.ovf)= "
            + sha256(descriptor.getBytes(StandardCharsets.UTF_8))
            + "\nSHA256(disk1.vmdk)= "
            + sha256(Files.readAllBytes(disk))
            + "\n",
        Files.readString(unpacked.resolve("a machine.mf")));
  }

  @Test
  void theArchiveIsUstarTheFormatThatOvfRequires() throws Exception {
    new PackageOva().run(build);
    byte[] archive = Files.readAllBytes(folder.resolve("a machine.ova"));
    assertEquals("ustar\00000", new String(archive, 257, 8, StandardCharsets.US_ASCII));
  }

  @Test
  void intermediateFilesAndAnUndeliveredArchiveAreDeletedWithTheBuild() throws Exception {
    new PackageOva().run(build);
    assertEquals(
        List.of(
            ResourceSpec.folder(build.workspace().resolve("ova")),
            ResourceSpec.file(build.workspace().resolve("machine.ova")),
            ResourceSpec.file(folder.resolve("a machine.ova"))),
        build.acquired());
  }

  @Test
  void aDiskTooLargeForUstarIsRefusedBeforeItIsRead() throws Exception {
    try (RandomAccessFile sparse = new RandomAccessFile(disk.toFile(), "rw")) {
      sparse.setLength(8L << 30);
    }
    BuildException e = assertThrows(BuildException.class, () -> new PackageOva().run(build));
    assertEquals(
        "An OVA holds files of less than 8GiB, and the compressed disk has 8GiB. Make the image"
            + " smaller or leave provider.ova out",
        e.getMessage());
    assertEquals(List.of(), build.acquired());
  }
}
