/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.vagrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.common.image.ConvertToStreamOptimized;
import org.bootstrapvz.common.image.ConvertedImage;
import org.bootstrapvz.common.image.StreamOptimizedDisk;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.ManifestChecker;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.volume.ImageFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageBoxTest {
  @TempDir Path folder;

  private TestBuild build(String manifest) throws IOException {
    TestBuild build =
        new TestBuild(new ManifestChecker(new ManifestFiles(), folder).read(manifest), folder);
    build.host().running();
    return build;
  }

  /** The members of the box, which are unpacked next to it. */
  private List<String> unpack(TestBuild build) throws Exception {
    Path box = folder.resolve("trixie-amd64.box");
    assertEquals(List.of(box), build.delivered());
    Files.createDirectory(folder.resolve("box"));
    return build
        .run(
            Command.of("tar", "--extract", "--gzip", "--verbose", "--file=" + box)
                .with("--directory=" + folder.resolve("box")))
        .output();
  }

  private String member(String name) throws IOException {
    return Files.readString(folder.resolve("box").resolve(name));
  }

  private static String found(String regex, String text) {
    Matcher matcher = Pattern.compile(regex).matcher(text);
    assertTrue(matcher.find(), regex + " in " + text);
    return matcher.group(1);
  }

  private TestBuild virtualBox(String manifest) throws Exception {
    TestBuild build = build(manifest);
    Path volume = build.workspace().resolve("volume.raw");
    build.run(Command.of("truncate", "--size=3MiB", volume.toString()));
    build.provide(ImageFile.class, new ImageFile(volume));
    new ConvertToStreamOptimized().run(build);
    new PackageBox().run(build);
    return build;
  }

  @Test
  void aBoxForVirtualBoxContainsItsFourFiles() throws Exception {
    TestBuild build = virtualBox(Manifests.VIRTUALBOX);
    Path disk = build.all(StreamOptimizedDisk.class).get(0).path();
    assertEquals(
        List.of("metadata.json", "Vagrantfile", "box.ovf", "box-disk1.vmdk"), unpack(build));
    assertEquals("{\"provider\": \"virtualbox\"}\n", member("metadata.json"));
    assertEquals(
        -1, Files.mismatch(disk, folder.resolve("box/box-disk1.vmdk")), "the disk, no link to it");
    String descriptor = member("box.ovf");
    assertEquals("box-disk1.vmdk", found("ovf:href=\"(.*?)\"", descriptor));
    assertEquals(String.valueOf(Files.size(disk)), found("ovf:size=\"(\\d+)\"", descriptor));
    assertEquals("3145728", found("ovf:capacity=\"(\\d+)\"", descriptor));
    assertEquals("trixie-amd64", found("<Name>(.*)</Name>", descriptor));
    assertTrue(
        build
            .run(Command.of("qemu-img", "info", folder.resolve("box/box-disk1.vmdk").toString()))
            .text()
            .contains("create type: streamOptimized"));
  }

  @Test
  void theMacAddressOfTheVagrantfileIsThatOfTheDescriptor() throws Exception {
    unpack(virtualBox(Manifests.VIRTUALBOX));
    String mac = found("config\\.vm\\.base_mac = \"(080027[0-9A-F]{6})\"", member("Vagrantfile"));
    assertEquals(mac, found("MACAddress=\"(.*?)\"", member("box.ovf")));
  }

  @ParameterizedTest
  @CsvSource({"'{name: virtualbox}',true", "'{name: virtualbox, guest_additions: a.iso}',false"})
  void directoriesAreSharedByRsyncWithoutGuestAdditions(String provider, boolean rsync)
      throws Exception {
    unpack(virtualBox(Manifests.VIRTUALBOX.replace("{name: virtualbox}", provider)));
    assertEquals(rsync, member("Vagrantfile").contains("type: \"rsync\""));
  }

  @ParameterizedTest
  @CsvSource({"1024M,1", "1025M,2", "2560M,3", "64M,1"})
  void aBoxForLibvirtHasTheSizeOfItsDiskInGibibytesRoundedUp(String size, int gibibytes)
      throws Exception {
    TestBuild build = build(Manifests.LIBVIRT);
    Path image = build.workspace().resolve("image.qcow2");
    build.run(Command.of("qemu-img", "create", "-f", "qcow2", image.toString(), size));
    build.provide(ConvertedImage.class, new ConvertedImage(image, "qcow2"));
    new PackageBox().run(build);
    assertEquals(List.of("metadata.json", "Vagrantfile", "box.img"), unpack(build));
    assertEquals(
        "{\"provider\": \"libvirt\", \"format\": \"qcow2\", \"virtual_size\": " + gibibytes + "}\n",
        member("metadata.json"));
    assertEquals(-1, Files.mismatch(image, folder.resolve("box/box.img")));
    assertFalse(member("Vagrantfile").contains("base_mac"), "two machines would have the same");
  }

  @Test
  void anExistingBoxIsNotReplaced() throws Exception {
    TestBuild build = build(Manifests.VIRTUALBOX);
    Files.createFile(folder.resolve("trixie-amd64.vmdk"));
    new CheckBoxPath().run(build);
    Path box = Files.createFile(folder.resolve("trixie-amd64.box"));
    BuildException e = assertThrows(BuildException.class, () -> new CheckBoxPath().run(build));
    assertEquals(
        "The box " + box + " already exists. Move it, or change name or bootstrapper.workspace",
        e.getMessage());
  }

  @Test
  void sizesAreRoundedUpNeverDown() {
    assertTrue(Box.metadata(new Bytes((1L << 30) + 1)).contains("\"virtual_size\": 2}"));
    assertTrue(Box.metadata(new Bytes(1L << 30)).contains("\"virtual_size\": 1}"));
  }
}
