/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.common.apt.AddManifestSources;
import org.bootstrapvz.common.apt.Mirrors;
import org.bootstrapvz.common.filesystem.CreateMountPoints;
import org.bootstrapvz.common.filesystem.FStab;
import org.bootstrapvz.common.filesystem.UnmountRoot;
import org.bootstrapvz.common.grub.UpdateGrub;
import org.bootstrapvz.common.kernel.KernelPackages;
import org.bootstrapvz.common.network.AddNetworkPackages;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.volume.Partition;
import org.bootstrapvz.volume.VolumeLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Defects of the original that this implementation does not have, as far as no other test covers
 * them.
 */
class OriginalDefectsTest {
  @TempDir Path folder;
  private final TestManifest manifest = new TestManifest();
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    build = new TestBuild(manifest, folder);
  }

  private void provideLayout() {
    build.provide(VolumeLayout.class, VolumeLayout.of(manifest));
  }

  private List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    VolumeLayout.check(manifest, problems::add);
    return problems;
  }

  @Test
  void linksToDisksAreMadeThoughTheirFolderIsThereAndDoNotStayInTheImage() throws Exception {
    manifest.withPartition("root", "1GiB", "ext4");
    provideLayout();
    build.root().symlink("dev/disk/by-uuid/0815", "../../sda1");
    build.root().write("usr/sbin/grub-probe", "");
    build.root().write("usr/bin/grub-mkrelpath", "");
    build.root().write("boot/grub/grub.cfg", "linux /vmlinuz\n");

    new UpdateGrub().run(build);
    assertEquals(2, build.root().list("dev/disk/by-uuid").size());
    new UnmountRoot().run(build);

    assertEquals(List.of(), build.root().list("dev"));
    assertEquals(List.of(), build.held());
  }

  @Test
  void mountOptionsOfAnUnpartitionedVolumeAreApplied() throws Exception {
    manifest
        .with("volume.partitions.type", "none")
        .with("system.bootloader", "none")
        .withPartition("root", "1GiB", "ext4")
        .with("volume.partitions.root.mountopts", List.of("noatime", "errors=remount-ro"));
    provideLayout();

    new FStab().run(build);

    String line = build.root().read("etc/fstab");
    assertTrue(line.matches("UUID=\\S+ / ext4 noatime,errors=remount-ro 0 1\n"), line);
  }

  @Test
  void theModeOfRootAndOfBootIsThatOfTheirOwnTopFolders() throws Exception {
    manifest
        .withPartition("root", "1GiB", "ext4")
        .withPartition("boot", "200MiB", "ext2")
        .with("volume.partitions.root.mode", "0711")
        .with("volume.partitions.boot.mode", "0700");
    provideLayout();
    build.root().makeDirectory("root", 0755);

    new CreateMountPoints().run(build);

    assertEquals(0711, mode(""));
    assertEquals(0700, mode("boot"));
    assertEquals(0755, mode("root"));
  }

  private int mode(String path) throws Exception {
    return (int) Files.getAttribute(folder.resolve("root").resolve(path), "unix:mode") & 07777;
  }

  @Test
  void extraPartitionsAndSourcesKeepTheOrderOfTheManifest() throws Exception {
    Map<String, List<String>> sources = new LinkedHashMap<>();
    for (String name : List.of("zebra", "ant", "monkey", "bee")) {
      manifest.withPartition("srv/" + name, "100MiB", "ext4");
      sources.put(name, List.of("deb http://" + name + ".example.org/debian ./"));
    }
    manifest.withPartition("root", "1GiB", "ext4").with("packages.sources", sources);
    build.provide(Mirrors.class, new Mirrors("http://mirror.example.org/d", Optional.empty()));

    new AddManifestSources().run(build);

    assertEquals(
        List.of("zebra", "ant", "monkey", "bee"),
        build.all(Source.class).stream().map(Source::list).toList());
    assertEquals(
        List.of("bios", "root", "srv/zebra", "srv/ant", "srv/monkey", "srv/bee"),
        VolumeLayout.of(manifest).partitions().stream().map(Partition::name).toList());
  }

  @ParameterizedTest
  @CsvSource({"swapfile", "typeset", "swap/disk", "type-writer", "rooted", "bootstrap"})
  void aMountPointMayStartWithTheNameOfAKey(String name) {
    manifest.withPartition("root", "1GiB", "ext4").withPartition(name, "100MiB", "ext4");

    assertEquals(List.of(), problems());
    assertEquals(
        List.of("/", "/" + name),
        VolumeLayout.of(manifest).mounted().stream()
            .map(partition -> partition.mountPoint().orElseThrow())
            .toList());
  }

  @ParameterizedTest
  @CsvSource({"bullseye", "bookworm", "trixie", "forky", "sid"})
  void everyReleaseHasAKernelAndANetworkForEveryArchitectureOrReportsThatItHasNone(String release)
      throws Exception {
    manifest.with("system.release", release).withPartition("root", "2GiB", "ext4");
    for (String architecture : List.of("amd64", "i386", "arm64", "riscv64")) {
      manifest.with("system.architecture", architecture);
      List<Problem> problems = new ArrayList<>();
      KernelPackages.check(manifest, problems::add);
      boolean none = architecture.equals("i386") && manifest.release().atLeast(13);
      assertEquals(none ? 1 : 0, problems.size(), architecture + ": " + problems);
      assertTrue(
          KernelPackages.image(manifest).matches("linux-image-(amd64|arm64|686-pae|riscv64)"));
    }

    new AddNetworkPackages().run(build);

    assertTrue(build.all(PackageRequest.class).size() >= 3);
  }

  @Test
  void anInvalidVhdSizeIsReportedWithTheNextValidOne() {
    manifest
        .with("volume.backing", "vhd")
        .withPartition("boot", "200MiB", "ext4")
        .withPartition("root", "2000000KiB", "ext4");

    assertEquals(
        List.of(
            "volume.partitions.root.size: The next size that does is 2154MiB: set this to 1954MiB"),
        problems().stream().map(problem -> problem.path() + ": " + problem.remedy()).toList());
    manifest.with("volume.partitions.root.size", "1954MiB");
    assertEquals(List.of(), problems());
  }
}
