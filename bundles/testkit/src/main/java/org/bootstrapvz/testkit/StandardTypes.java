/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import static org.bootstrapvz.api.volume.Firmware.BIOS;
import static org.bootstrapvz.api.volume.Firmware.UEFI;
import static org.bootstrapvz.api.volume.ImageFormat.Content.DEVICE;
import static org.bootstrapvz.api.volume.ImageFormat.Content.DIRECTORY;
import static org.bootstrapvz.api.volume.ImageFormat.Content.FILE;

import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.volume.Bootloader;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.api.volume.Firmware;
import org.bootstrapvz.api.volume.ImageFormat;
import org.bootstrapvz.api.volume.VolumeTypes;

/**
 * The bootloaders, image formats and filesystems of bootstrap-vz itself, for tests that run without
 * a container. A test in the container compares them with the installed ones.
 */
public final class StandardTypes {
  private static final List<String> PC = List.of("amd64", "i386");
  private static final List<String> COMPRESSED_KERNEL = List.of("amd64", "arm64", "i386");

  private StandardTypes() {}

  /** All of them. */
  public static VolumeTypes all() {
    return new VolumeTypes(bootloaders(), imageFormats(), filesystems());
  }

  private static List<Bootloader> bootloaders() {
    return List.of(
        new Bootloader(
            "extlinux",
            "EXTLINUX, started by a BIOS",
            Optional.empty(),
            List.of(BIOS),
            PC,
            false,
            false,
            false,
            true,
            List.of("64bit")),
        bootloader("grub", "GRUB, started by a BIOS, by UEFI or by both", true, false, BIOS, UEFI),
        bootloader(
            "none", "No bootloader: the kernel is delivered next to the image", false, false),
        bootloader("systemd-boot", "systemd-boot, started by UEFI", false, true, UEFI),
        bootloader("uki", "A unified kernel image, started by UEFI", false, true, UEFI));
  }

  private static Bootloader bootloader(
      String name,
      String description,
      boolean embedded,
      boolean kernelOnEsp,
      Firmware... firmware) {
    return new Bootloader(
        name,
        description,
        Optional.empty(),
        List.of(firmware),
        kernelOnEsp ? COMPRESSED_KERNEL : List.of(),
        firmware.length > 0,
        embedded,
        kernelOnEsp,
        false,
        List.of());
  }

  private static List<ImageFormat> imageFormats() {
    return List.of(
        new ImageFormat(
            "folder",
            "The root as a directory, without a disk",
            Optional.empty(),
            List.of("qemu", "oci"),
            DIRECTORY,
            "folder",
            "",
            List.of(),
            false,
            Optional.empty()),
        new ImageFormat(
            "lvm",
            "A logical volume of the host",
            schema("lvm"),
            List.of("qemu"),
            DEVICE,
            "lvm",
            "raw",
            List.of(),
            false,
            Optional.empty()),
        new ImageFormat(
            "qcow2",
            "QEMU's copy-on-write format, version 2",
            Optional.empty(),
            List.of("qemu", "oracle", "openstack"),
            FILE,
            "qcow2",
            "qcow2",
            List.of(),
            true,
            Optional.empty()),
        new ImageFormat(
            "raw",
            "The plain content of the disk",
            Optional.empty(),
            List.of("qemu", "virtualbox", "ec2", "gce", "oracle", "openstack"),
            FILE,
            "raw",
            "raw",
            List.of(),
            false,
            Optional.empty()),
        new ImageFormat(
            "vdi",
            "VirtualBox's format",
            Optional.empty(),
            List.of("qemu", "virtualbox"),
            FILE,
            "vdi",
            "vdi",
            List.of(),
            false,
            Optional.empty()),
        new ImageFormat(
            "vhd",
            "Microsoft's format with a fixed size: the plain content and a footer",
            Optional.empty(),
            List.of("qemu", "hyper-v", "azure"),
            FILE,
            "vhd",
            "vpc",
            List.of("subformat=fixed", "force_size=on"),
            false,
            Optional.of(Bytes.parse("2040GiB"))),
        new ImageFormat(
            "vmdk",
            "VMware's format, one sparse file",
            schema("vmdk"),
            List.of("qemu", "virtualbox", "vmware", "oracle"),
            FILE,
            "vmdk",
            "vmdk",
            List.of("subformat=monolithicSparse"),
            false,
            Optional.of(Bytes.parse("62TiB"))));
  }

  private static List<Filesystem> filesystems() {
    return List.of(
        new Filesystem(
            "btrfs",
            "B-tree filesystem",
            schema("btrfs"),
            Bytes.parse("128MiB"),
            Optional.empty(),
            "btrfs-progs",
            commands("mkfs.btrfs (btrfs-progs)"),
            "btrfs",
            List.of("mkfs.btrfs"),
            false,
            false,
            false),
        ext("ext2", "Second extended filesystem", "8MiB", Optional.of(Bytes.parse("16TiB"))),
        ext("ext3", "Third extended filesystem", "16MiB", Optional.of(Bytes.parse("16TiB"))),
        ext("ext4", "Fourth extended filesystem", "16MiB", Optional.empty()),
        new Filesystem(
            "xfs",
            "SGI's journaling filesystem",
            Optional.empty(),
            Bytes.parse("300MiB"),
            Optional.empty(),
            "xfsprogs",
            commands("mkfs.xfs (xfsprogs)", "mount (mount)"),
            "xfs",
            List.of(),
            true,
            false,
            true));
  }

  private static Filesystem ext(
      String name, String description, String minimum, Optional<Bytes> maximum) {
    return new Filesystem(
        name,
        description,
        Optional.empty(),
        Bytes.parse(minimum),
        maximum,
        "e2fsprogs",
        commands("mke2fs (e2fsprogs)", "debugfs (e2fsprogs)"),
        "ext2",
        List.of("mke2fs", "mkfs." + name),
        false,
        true,
        true);
  }

  private static List<HostCommand> commands(String... commands) {
    return Arrays.stream(commands).map(HostCommand::parse).toList();
  }

  private static Optional<URL> schema(String name) {
    return Optional.of(StandardTypes.class.getResource(name + ".json"));
  }
}
