/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.kvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.common.kernel.AddKernelAndInit;
import org.bootstrapvz.common.kernel.KernelParameter;
import org.bootstrapvz.common.kernel.SetSerialConsole;
import org.bootstrapvz.provider.kvm.boot.SetSystemdTTYVTDisallocate;
import org.bootstrapvz.provider.kvm.boot.SetVirtualConsole;
import org.bootstrapvz.provider.kvm.internal.KvmProvider;
import org.bootstrapvz.provider.kvm.virtio.VirtIO;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KvmTasksTest {
  @TempDir Path folder;
  private final TestManifest manifest = new TestManifest().withPartition("root", "2GiB", "ext4");
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    build = new TestBuild(manifest, folder);
  }

  private Set<String> chosen() {
    return TestTaskSet.selectedBy(new KvmProvider(), manifest).names();
  }

  @ParameterizedTest
  @CsvSource({"bookworm, libpam-systemd", "trixie, libpam-systemd linux-sysctl-defaults"})
  void aMachineGetsAKernelAnInitAndWhatSystemdRecommendsForEachMachine(
      String release, String recommended) throws Exception {
    manifest.with("system.architecture", "arm64").with("system.release", release);

    new AddKernelAndInit().run(build);

    assertEquals(
        "linux-image-arm64 init udev dbus zstd " + recommended,
        build.all(PackageRequest.class).stream()
            .map(PackageRequest::name)
            .collect(Collectors.joining(" ")));
  }

  @Test
  void virtioModulesAreAddedToTheInitramfsOfTheImageNotOfTheBuildHost() throws Exception {
    manifest.with("provider.virtio", List.of("virtio_blk", "virtio_net"));
    // Without a newline at the end: the first module must not be appended to the last line.
    build.root().write("etc/initramfs-tools/modules", "# List of modules");

    new VirtIO().run(build);

    assertEquals(
        "# List of modules\nvirtio_blk\nvirtio_net\n",
        build.root().read("etc/initramfs-tools/modules"));
    assertTrue(chosen().contains("VirtIO"));
    assertFalse(
        TestTaskSet.selectedBy(new KvmProvider(), manifest.without("provider.virtio"))
            .names()
            .contains("VirtIO"));
  }

  @Test
  void theLastConsoleIsTheOneTheSystemUses() throws Exception {
    new SetSerialConsole().run(build);
    new SetVirtualConsole().run(build);

    assertEquals(
        List.of("console=ttyS0,115200n8", "console=tty0"),
        build.all(KernelParameter.class).stream().map(KernelParameter::text).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"grub", "systemd-boot", "uki", "extlinux", "none"})
  void theVirtualConsoleWorksWithEveryBootloader(String bootloader) {
    manifest.with("system.bootloader", bootloader).with("provider.console", "virtual");

    Set<String> chosen = chosen();

    assertTrue(chosen.contains("SetVirtualConsole"), chosen.toString());
    assertTrue(
        chosen.contains(bootloader.equals("grub") ? "WriteGrubConfig" : "WriteCommandLine"),
        chosen.toString());
  }

  @Test
  void messagesOfTheBootStayOnTheScreen() throws Exception {
    new SetSystemdTTYVTDisallocate().run(build);

    assertEquals(
        "[Service]\nTTYVTDisallocate=no\n",
        build.root().read("etc/systemd/system/getty@tty1.service.d/noclear.conf"));
  }
}
