/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.bootstrapvz.common.extlinux.ConfigureExtlinux;
import org.bootstrapvz.common.extlinux.Extlinux;
import org.bootstrapvz.common.extlinux.InstallExtlinux;
import org.bootstrapvz.common.filesystem.Format;
import org.bootstrapvz.common.folder.CopyFolder;
import org.bootstrapvz.common.folder.MoveFolder;
import org.bootstrapvz.common.grub.Grub;
import org.bootstrapvz.common.kernel.CopyKernel;
import org.bootstrapvz.common.kernel.KernelParameter;
import org.bootstrapvz.common.kernel.KernelVersion;
import org.bootstrapvz.common.kernel.MoveKernel;
import org.bootstrapvz.common.kernel.WriteCommandLine;
import org.bootstrapvz.common.partitioning.PartitionVolume;
import org.bootstrapvz.common.systemdboot.AddKernelEntry;
import org.bootstrapvz.common.systemdboot.AddSystemdBootPackage;
import org.bootstrapvz.common.systemdboot.InstallSystemdBoot;
import org.bootstrapvz.common.uki.AddUkiPackages;
import org.bootstrapvz.common.uki.InstallUki;
import org.bootstrapvz.common.workspace.ReplacedArtefact;
import org.bootstrapvz.testkit.StandardTypes;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;
import org.bootstrapvz.volume.VolumeLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The files that bootloaders other than GRUB find on the image, with a few files instead of Debian.
 */
@EnabledIf("org.bootstrapvz.common.volume.UnsharedSandbox#isPossible")
class BootloadersTest {
  private static final String KERNEL = "6.1.0-40-amd64";

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
  void systemdBootFindsAnEntryWithKernelInitramfsAndCommandLine() throws Exception {
    TestBuild build = build(new TestManifest().with("system.bootloader", "systemd-boot"));
    Root root = build.root();
    root.write("usr/lib/systemd/boot/efi/systemd-bootx64.efi", "unsigned");
    root.write("usr/lib/systemd/boot/efi/systemd-bootx64.efi.signed", "signed");

    new InstallSystemdBoot().run(build);
    new AddKernelEntry().run(build);

    assertEquals("signed", root.read("boot/efi/EFI/BOOT/BOOTX64.EFI"));
    assertEquals("signed", root.read("boot/efi/EFI/systemd/systemd-bootx64.efi"));
    assertEquals("kernel", root.read("boot/efi/debian/" + KERNEL + "/linux"));
    assertEquals("initramfs", root.read("boot/efi/debian/" + KERNEL + "/initrd.img-" + KERNEL));
    assertEquals("debian\n", root.read("etc/kernel/entry-token"));
    String entry = root.read("boot/efi/loader/entries/debian-" + KERNEL + ".conf");
    assertTrue(entry.contains("\nlinux /debian/" + KERNEL + "/linux\n"), entry);
    assertTrue(entry.contains("\ninitrd /debian/" + KERNEL + "/initrd.img-" + KERNEL + "\n"));
    assertTrue(entry.contains("\noptions " + commandLine(build) + "\n"), entry);
  }

  @Test
  void missingSystemdBootIsAnErrorThatNamesThePackage() throws Exception {
    TestBuild build = build(new TestManifest().with("system.bootloader", "systemd-boot"));

    BuildException failure =
        assertThrows(BuildException.class, () -> new InstallSystemdBoot().run(build));

    assertTrue(failure.getMessage().contains("package systemd-boot-efi"), failure.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "bullseye, systemd, 'systemd binutils'",
    "bookworm, systemd-boot, 'systemd-boot-efi binutils'",
    "trixie, systemd-boot, 'systemd-boot-efi systemd-ukify'"
  })
  void packagesAreThoseOfTheRelease(String release, String systemdBoot, String uki)
      throws Exception {
    TestManifest manifest = new TestManifest().with("system.release", release);
    TestBuild build = new TestBuild(manifest, folder, new TestSandbox());

    new AddSystemdBootPackage().run(build);
    assertEquals(systemdBoot, requested(build));
    new AddUkiPackages().run(build);
    assertEquals(systemdBoot + " " + uki, requested(build));
  }

  @Test
  void theImageRecreatesItsUnifiedKernelImageWhenAKernelOrAnInitramfsChanges() throws Exception {
    TestBuild build = build(new TestManifest().with("system.bootloader", "uki"));
    plantShell(build.root());
    build
        .root()
        .write(
            "usr/bin/ukify",
            "#!/bin/sh\nfor it; do echo $it; done > /asked\n"
                + "for it; do case $it in --output=*) : > ${it#--output=};; esac; done\n",
            0755);

    new InstallUki().run(build);

    Root root = build.root();
    List<String> asked = root.read("asked").lines().toList();
    assertTrue(asked.contains("--linux=/boot/vmlinuz-" + KERNEL), asked.toString());
    assertTrue(asked.contains("--initrd=/boot/initrd.img-" + KERNEL), asked.toString());
    assertTrue(asked.contains("--cmdline=@/etc/kernel/cmdline"), asked.toString());
    assertTrue(root.isFile("boot/efi/EFI/BOOT/BOOTX64.EFI"));
    assertFalse(root.exists("boot/efi/EFI/BOOT/BOOTX64.EFI.new"));
    for (String hooks : List.of("etc/initramfs/post-update.d", "etc/kernel/postrm.d")) {
      assertEquals(List.of("zz-update-uki"), root.list(hooks));
    }
  }

  @Test
  void theMenuOfExtlinuxHasTheNewestKernelFirst() throws Exception {
    TestBuild build = build(new TestManifest().with("system.bootloader", "extlinux"));
    plantShell(build.root());

    new ConfigureExtlinux().run(build);

    String menu = build.root().read("boot/extlinux/extlinux.conf");
    assertTrue(menu.startsWith("prompt 0\ntimeout 1\ndefault " + KERNEL + "\n"), menu);
    assertTrue(
        menu.contains(
            "label "
                + KERNEL
                + "\n  linux ../vmlinuz-"
                + KERNEL
                + "\n  initrd ../initrd.img-"
                + KERNEL
                + "\n  append "
                + commandLine(build)
                + "\n"),
        menu);
    assertTrue(menu.indexOf("label " + KERNEL) < menu.indexOf("label 5.10.0-1-amd64"), menu);
  }

  @Test
  void extlinuxDoesNotReadAKernelFromXfs() {
    TestManifest manifest = new TestManifest().withPartition("root", "900MiB", "xfs");
    List<Problem> problems = new ArrayList<>();

    new Extlinux().check(manifest, problems::add);

    assertEquals("volume.partitions.root.filesystem", problems.get(0).path());
    problems.clear();
    new Extlinux().check(manifest.withPartition("boot", "99MiB", "ext2"), problems::add);
    assertEquals(List.of(), problems);
  }

  @Test
  void grubReadsAKernelOnlyFromAFilesystemForWhichItHasAModule() {
    Filesystem unknown =
        new Filesystem(
            "acmefs",
            "",
            Optional.empty(),
            new Bytes(0),
            Optional.empty(),
            "",
            List.of(),
            "",
            List.of(),
            false,
            false,
            false);
    VolumeTypes standard = StandardTypes.all();
    List<Filesystem> filesystems = new ArrayList<>(standard.filesystems());
    filesystems.add(unknown);
    TestManifest manifest = new TestManifest().withPartition("root", "900MiB", "acmefs");
    manifest.withVolumeTypes(
        new VolumeTypes(standard.bootloaders(), standard.imageFormats(), filesystems));
    List<Problem> problems = new ArrayList<>();

    new Grub().check(manifest, problems::add);

    assertEquals("GRUB cannot read a kernel from acmefs", problems.get(0).message());
    assertEquals(
        "Choose one of btrfs, ext2, ext3, ext4, xfs, or add a boot partition with one of them",
        problems.get(0).remedy());
    problems.clear();
    new Grub().check(manifest.withPartition("boot", "99MiB", "ext2"), problems::add);
    assertEquals(List.of(), problems);
  }

  @ParameterizedTest
  @CsvSource({"msdos, mbr.bin", "gpt, gptmbr.bin", "none, mbr.bin"})
  void extlinuxIsOnTheFilesystemOfBootAndItsCodeInTheFirstSector(String table, String code)
      throws Exception {
    Assumptions.assumeTrue(
        sandbox.run(Command.of("losetup", "--find").accepting(0, 1)).status() == 0
            && Files.isExecutable(Path.of("/usr/bin/extlinux")),
        "no loop devices or no extlinux here");
    TestManifest manifest = new TestManifest().with("system.bootloader", "extlinux");
    TestBuild build = build(manifest.with("volume.partitions.type", table));
    Root root = build.root();
    root.makeDirectory("boot/extlinux", 0755);
    root.write("usr/lib/EXTLINUX/" + code, "c".repeat(440));
    if (!table.equals("none")) {
      new PartitionVolume().run(build);
    }
    new Format().run(build);
    Path image = build.workspace().resolve("volume.raw");
    byte[] before = head(image);

    new InstallExtlinux().run(build);

    byte[] after = head(image);
    if (!table.equals("none")) {
      assertEquals("c".repeat(440), new String(after, 0, 440));
      assertArrayEquals(Arrays.copyOfRange(before, 440, 512), Arrays.copyOfRange(after, 440, 512));
    }
    long start = build.require(VolumeLayout.class).root().start().bytes().count();
    String names =
        sandbox
            .run(Command.of("debugfs", "-R", "ls /boot/extlinux", image + "?offset=" + start))
            .text();
    assertTrue(names.contains("ldlinux.sys") && names.contains("ldlinux.c32"), names);
    assertFalse(build.held().toString().contains("mount"), build.held().toString());
  }

  @Test
  void withoutABootloaderKernelInitramfsAndCommandLineAreNextToTheImage() throws Exception {
    TestBuild build = build(new TestManifest().with("system.bootloader", "none"));
    String commandLine = commandLine(build);

    new CopyKernel().run(build);
    new MoveKernel().run(build);

    assertEquals("kernel", Files.readString(folder.resolve("image.vmlinuz")));
    assertEquals("initramfs", Files.readString(folder.resolve("image.initrd")));
    assertEquals(commandLine + "\n", Files.readString(folder.resolve("image.cmdline")));
    assertEquals(3, build.delivered().size());
  }

  @Test
  void theCommandLineNamesTheRootByItsUuidAndKeepsTheOrderOfParameters() throws Exception {
    TestBuild build = build(new TestManifest());

    assertEquals(
        "root=UUID="
            + build.require(VolumeLayout.class).root().uuid()
            + " ro console=ttyS0,115200n8 quiet",
        commandLine(build));
  }

  @Test
  void aFolderIsDeliveredWithModesAndReplacesAnOlderOne() throws Exception {
    TestBuild build = build(new TestManifest().with("volume.backing", "folder"));
    build.with(ReplacedArtefact.TYPE, new ReplacedArtefact());
    build.root().write("usr/bin/sudo", "x", 04755);
    Files.createDirectories(folder.resolve("image.folder/older"));

    new CopyFolder().run(build);
    new MoveFolder().run(build);

    Path delivered = folder.resolve("image.folder");
    assertEquals("kernel", Files.readString(delivered.resolve("boot/vmlinuz-" + KERNEL)));
    assertEquals(
        04755,
        (Integer) Files.getAttribute(delivered.resolve("usr/bin/sudo"), "unix:mode") & 07777);
    assertFalse(Files.exists(delivered.resolve("older")));
    assertEquals(
        PosixFilePermissions.fromString("rwx------"),
        Files.getPosixFilePermissions(build.workspace()));
    assertEquals(List.of(), build.warnings(), "nobody else can reach " + folder);
  }

  /** A root on the disk with a kernel in it. */
  private TestBuild build(TestManifest manifest) throws Exception {
    manifest.withPartition("root", "700MiB", "ext4");
    TestBuild build = new TestBuild(manifest, folder, sandbox);
    new CreateVolume().run(build);
    Path tree = Files.createDirectories(build.workspace().resolve("tree/root"));
    build.provide(Root.class, sandbox.root(tree));
    build.root().write("boot/vmlinuz-" + KERNEL, "kernel");
    build.root().write("boot/initrd.img-" + KERNEL, "initramfs");
    build.provide(KernelVersion.class, new KernelVersion(KERNEL));
    build.provide(KernelParameter.class, new KernelParameter("console=ttyS0,115200n8"));
    build.provide(KernelParameter.class, new KernelParameter("quiet"));
    new WriteCommandLine().run(build);
    return build;
  }

  /** A minimal environment for scripts in the root. */
  private void plantShell(Root root) throws Exception {
    for (String folder : List.of("bin", "lib", "lib64", "usr")) {
      root.makeDirectory(folder, 0755);
    }
    for (String name : List.of("/bin/sh", "/bin/cat", "/bin/mv", "/usr/bin/sort")) {
      Command ldd = Command.of("ldd", name);
      List<String> libraries =
          sandbox.run(ldd).output().stream()
              .flatMap(line -> Arrays.stream(line.trim().split(" +")))
              .filter(word -> word.startsWith("/"))
              .toList();
      for (String file : libraries) {
        root.copyIn(Path.of(file), file, 0755);
      }
      root.copyIn(Path.of(name), name, 0755);
    }
    root.write("dev/null", "");
    root.write(
        "usr/bin/linux-version",
        "#!/bin/sh\n[ \"$1\" = list ] && printf '5.10.0-1-amd64\\n"
            + KERNEL
            + "\\n' && exit\nshift\nexec sort -V \"$@\"\n",
        0755);
  }

  private static String commandLine(TestBuild build) throws Exception {
    return build.root().read("etc/kernel/cmdline").strip();
  }

  private static String requested(TestBuild build) {
    return build.all(PackageRequest.class).stream()
        .map(PackageRequest::name)
        .collect(Collectors.joining(" "));
  }

  private static byte[] head(Path image) throws Exception {
    byte[] sector = new byte[512];
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "r")) {
      file.readFully(sector);
    }
    return sector;
  }
}
