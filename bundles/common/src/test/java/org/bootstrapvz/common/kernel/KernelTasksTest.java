/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;
import org.bootstrapvz.volume.Partition;
import org.bootstrapvz.volume.VolumeLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTasksTest {
  private static final String COMMAND = "usr/sbin/update-initramfs";

  @TempDir Path folder;
  private final TestManifest manifest = new TestManifest();
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    build = new TestBuild(manifest, folder);
  }

  /** Moves files as dpkg-divert does. */
  private void divertReally() {
    build
        .host()
        .answering(
            command -> command.arguments().get(0).equals("dpkg-divert"),
            command -> {
              boolean add = command.arguments().contains("--add");
              String from = add ? COMMAND : COMMAND + ".real";
              if (build.root().isFile(from)) {
                build.root().write(add ? COMMAND + ".real" : COMMAND, build.root().read(from));
                build.root().delete(from);
              }
              return TestSandbox.result(0);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "6.9.7-amd64, 6.12.3-amd64, 6.12.3-amd64",
    "6.12.38+deb13-amd64, 6.12.9+deb13-amd64, 6.12.38+deb13-amd64",
    "6.1.0-9-amd64, 6.1.0-10-amd64, 6.1.0-10-amd64",
    "6.1.0-10-amd64, 6.1.0-10-cloud-amd64, 6.1.0-10-cloud-amd64"
  })
  void theNewestKernelIsFoundByNumberNotByLetter(String one, String other, String newest)
      throws Exception {
    build.root().write("boot/vmlinuz-" + one, "");
    build.root().write("boot/vmlinuz-" + other, "");
    build.root().write("boot/config-99", "");

    new DetermineKernelVersion().run(build);

    assertEquals(newest, build.require(KernelVersion.class).release());
  }

  @Test
  void aKernelThatIsNotCompressedIsFound() throws Exception {
    build.root().write("boot/vmlinux-6.12.1-riscv64", "");
    build.root().write("boot/System.map-6.12.1-riscv64", "");

    new DetermineKernelVersion().run(build);

    assertEquals(
        new KernelVersion("6.12.1-riscv64", "boot/vmlinux-6.12.1-riscv64"),
        build.require(KernelVersion.class));
  }

  @Test
  void anImageWithoutAKernelIsReported() {
    assertEquals(
        "No kernel was installed: there is no boot/vmlinuz-* or boot/vmlinux-* in the image",
        assertThrows(BuildException.class, () -> new DetermineKernelVersion().run(build))
            .getMessage());
  }

  @Test
  void theInitramfsIsGeneratedOnceAtTheEndAndNotByEachPackage() throws Exception {
    divertReally();
    new DeferInitramfs().run(build);
    Path stub = folder.resolve("root").resolve(COMMAND);
    assertEquals(0, new ProcessBuilder(stub.toString(), "-u").start().waitFor());
    // The package of the command is installed now.
    build.root().write(COMMAND + ".real", "the real one");
    build.provide(KernelVersion.class, new KernelVersion("6.12-amd64"));
    build
        .host()
        .answering(
            command -> command.arguments().get(0).equals("update-initramfs"),
            command -> {
              assertEquals("the real one", build.root().read(COMMAND));
              build.root().write("boot/initrd.img-6.12-amd64", "");
              return TestSandbox.result(0);
            });

    new UpdateInitramfs().run(build);

    assertEquals(
        List.of("update-initramfs -c -k all"),
        build.host().imageCommandLines().stream()
            .filter(line -> line.startsWith("update-initramfs"))
            .toList());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dracutMakesAnInitramfsForAnyMachine(boolean dracut) throws Exception {
    divertReally();
    new DeferInitramfs().run(build);
    assertTrue(
        build.root().read("etc/dracut.conf.d/10-any-machine.conf").contains("\nhostonly=\"no\"\n"));
    build.root().write(COMMAND + ".real", "");
    build.root().write("boot/initrd.img-6.12-amd64", "");
    if (dracut) {
      build.root().write("usr/bin/dracut", "");
    }
    build.provide(KernelVersion.class, new KernelVersion("6.12-amd64"));

    new UpdateInitramfs().run(build);

    assertEquals(dracut, build.root().exists("etc/dracut.conf.d/10-any-machine.conf"));
    assertEquals(dracut, build.root().exists("etc/dracut.conf.d"));
  }

  @Test
  void missingInitramfsToolsAreReported() throws Exception {
    divertReally();
    new DeferInitramfs().run(build);
    build.provide(KernelVersion.class, new KernelVersion("6.12-amd64"));

    assertTrue(
        assertThrows(BuildException.class, () -> new UpdateInitramfs().run(build))
            .getMessage()
            .startsWith("The image has no update-initramfs"));
  }

  @Test
  void aMissingInitramfsIsReportedWithTheOutputOfTheGenerator() throws Exception {
    divertReally();
    new DeferInitramfs().run(build);
    build.root().write(COMMAND + ".real", "");
    build.provide(KernelVersion.class, new KernelVersion("6.12-amd64"));
    build.host().answering("update-initramfs", "nothing to do");

    assertEquals(
        "update-initramfs made no boot/initrd.img-6.12-amd64: nothing to do",
        assertThrows(BuildException.class, () -> new UpdateInitramfs().run(build)).getMessage());
  }

  private void prepareInitramfs(String tools) throws Exception {
    manifest.withPartition("root", "1GiB", "btrfs").with("volume.partitions.swap.size", "128MiB");
    build.provide(VolumeLayout.class, VolumeLayout.of(manifest));
    build.root().write(tools, "");
    new PrepareInitramfs().run(build);
  }

  @Test
  void theFirstInitramfsHasTheFsckOfTheRootFilesystemAndResumesFromTheSwapSpace() throws Exception {
    prepareInitramfs("usr/share/initramfs-tools/hook-functions");

    String swap = build.require(VolumeLayout.class).with(Partition.Role.SWAP).orElseThrow().uuid();
    assertEquals(
        "RESUME=UUID=" + swap + "\n", build.root().read("etc/initramfs-tools/conf.d/resume"));
    assertTrue(build.root().read(PrepareInitramfs.HOOK).contains("fsck.btrfs"));

    new RemoveInitramfsHook().run(build);

    assertEquals(List.of(), build.root().list("etc/initramfs-tools/hooks"));
  }

  @Test
  void anImageWithDracutGetsNoConfigurationOfInitramfsTools() throws Exception {
    prepareInitramfs("usr/bin/dracut");

    assertFalse(build.root().exists("etc/initramfs-tools"));
  }
}
