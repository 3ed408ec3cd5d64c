/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.grub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.bootstrapvz.api.packages.LocalPackage;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.common.apt.Bootstrapped;
import org.bootstrapvz.common.kernel.KernelParameter;
import org.bootstrapvz.common.kernel.SetSerialConsole;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.volume.VolumeLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrubTasksTest {
  @TempDir Path folder;
  private final TestManifest manifest = new TestManifest();
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    build = new TestBuild(manifest, folder);
  }

  @ParameterizedTest
  @CsvSource({
    "amd64, bios, grub-pc",
    "amd64, uefi, grub-efi-amd64",
    "amd64, hybrid, grub-pc grub-efi-amd64-bin",
    "i386, hybrid, grub-pc grub-efi-ia32-bin",
    "arm64, uefi, grub-efi-arm64",
    "riscv64, uefi, grub-efi-riscv64"
  })
  void thePackagesAreThoseOfTheFirmwareAndDoNotConflict(
      String architecture, String firmware, String packages) throws Exception {
    manifest.with("system.architecture", architecture).with("system.firmware", firmware);

    new AddGrubPackage().run(build);

    assertEquals(
        packages,
        build.all(PackageRequest.class).stream()
            .map(PackageRequest::name)
            .collect(Collectors.joining(" ")));
  }

  @Test
  void aPackageInTheImageKeepsGrubUpToDateAndThoseOfDebianDoNotAsk() throws Exception {
    build.provide(Bootstrapped.class, new Bootstrapped(List.of(), false));

    new AddGrubUpdates().run(build);

    assertEquals(
        List.of(
            "debconf-set-selections",
            "dpkg-deb --root-owner-group --build /tmp/bootstrap-vz-grub"
                + " /tmp/bootstrap-vz-grub.deb"),
        build.host().imageCommandLines());
    assertEquals(
        List.of(build.root().resolve("tmp/bootstrap-vz-grub.deb")),
        build.all(LocalPackage.class).stream().map(LocalPackage::file).toList());
    assertFalse(build.root().exists("tmp/bootstrap-vz-grub"), "only the package is left");
  }

  @ParameterizedTest
  @CsvSource({"amd64, ttyS0", "arm64, ttyAMA0", "riscv64, ttyS0"})
  void theConsoleIsTheFirstSerialPortOfTheArchitecture(String architecture, String port)
      throws Exception {
    manifest.with("system.architecture", architecture);

    new SetSerialConsole().run(build);

    assertEquals(
        List.of(new KernelParameter("console=" + port + ",115200n8")),
        build.all(KernelParameter.class));
  }

  @Test
  void settingsThatAreOnAreWrittenAsTheTextThatGrubExpects() throws Exception {
    new RemoveGrubTimeout().run(build);
    new SetGrubTerminalToConsole().run(build);
    new DisableGrubRecovery().run(build);

    new WriteGrubConfig().run(build);

    List<String> lines = build.root().read("etc/default/grub").lines().toList();
    assertTrue(lines.contains("GRUB_TIMEOUT=0"), lines.toString());
    assertTrue(lines.contains("GRUB_TIMEOUT_STYLE=\"hidden\""), lines.toString());
    assertTrue(lines.contains("GRUB_TERMINAL=\"console\""), lines.toString());
    assertTrue(lines.contains("GRUB_DISABLE_RECOVERY=\"true\""), lines.toString());
  }

  private void prepareMenu(String menu) throws Exception {
    manifest.withPartition("root", "1GiB", "ext4");
    build.provide(VolumeLayout.class, VolumeLayout.of(manifest));
    build.root().write("usr/sbin/grub-probe", "");
    build.root().write("usr/bin/grub-mkrelpath", "");
    build.root().write("boot/grub/grub.cfg", menu);
  }

  @Test
  void updateGrubOfTheImageWritesTheMenuWithoutProbingDevices() throws Exception {
    prepareMenu("menuentry Debian {\n  linux /boot/vmlinuz-6.12-amd64 root=UUID=a\n}\n");

    new UpdateGrub().run(build);

    assertEquals(List.of("update-grub"), build.host().imageCommandLines());
    assertTrue(Files.isExecutable(folder.resolve("grub-probe")));
    assertEquals(
        List.of("usr/sbin/grub-probe", "usr/bin/grub-mkrelpath"),
        build.held().stream()
            .map(spec -> Path.of(spec.parameters().get("target")))
            .map(target -> folder.resolve("root").relativize(target).toString())
            .toList());
  }

  @Test
  void aMenuWithoutAKernelIsReported() throws Exception {
    prepareMenu("menuentry UEFI {\n  fwsetup\n}\n");

    assertTrue(
        assertThrows(BuildException.class, () -> new UpdateGrub().run(build))
            .getMessage()
            .startsWith("GRUB's menu has no entry for Linux"));
  }

  @Test
  void anImageWithoutGrubIsReportedWithTheMissingPackage() {
    manifest.withPartition("root", "1GiB", "ext4");
    build.provide(VolumeLayout.class, VolumeLayout.of(manifest));

    assertEquals(
        "The image has no /usr/sbin/grub-probe, which the package grub-common brings",
        assertThrows(BuildException.class, () -> new UpdateGrub().run(build)).getMessage());
  }
}
