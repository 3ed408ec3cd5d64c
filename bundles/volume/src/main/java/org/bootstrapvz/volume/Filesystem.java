/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.value.Bytes;

/** What a partition can be formatted with. */
public enum Filesystem {
  /** Second extended filesystem. */
  EXT2(8, "ext2", "e2fsprogs", "mke2fs (e2fsprogs)", "debugfs (e2fsprogs)"),
  /** Third extended filesystem. */
  EXT3(16, "ext2", "e2fsprogs", "mke2fs (e2fsprogs)", "debugfs (e2fsprogs)"),
  /** Fourth extended filesystem. */
  EXT4(16, "ext2", "e2fsprogs", "mke2fs (e2fsprogs)", "debugfs (e2fsprogs)"),
  /** B-tree filesystem. */
  BTRFS(128, "btrfs", "btrfs-progs", "mkfs.btrfs (btrfs-progs)"),
  /** SGI's journaling filesystem, which is filled by mounting it. */
  XFS(300, "xfs", "xfsprogs", "mkfs.xfs (xfsprogs)", "mount (mount)"),
  /** FAT of an EFI system partition. */
  VFAT(15, "fat", "dosfstools", "mkfs.vfat (dosfstools)", "mcopy (mtools)"),
  /** Swap space. */
  SWAP(1, "", "util-linux", "mkswap (util-linux)");

  private final Bytes minimum;
  private final String grubModule;
  private final String debianPackage;
  private final List<HostCommand> commands;

  Filesystem(int minimumMebibytes, String grubModule, String debianPackage, String... commands) {
    this.minimum = Bytes.mebibytes(minimumMebibytes);
    this.grubModule = grubModule;
    this.debianPackage = debianPackage;
    this.commands = Arrays.stream(commands).map(HostCommand::parse).toList();
  }

  /** The one with that name in a manifest, if this version can make it. */
  public static Optional<Filesystem> named(String name) {
    return names().contains(name)
        ? Optional.of(valueOf(name.toUpperCase(Locale.ROOT)))
        : Optional.empty();
  }

  /** The names a manifest may use. */
  public static List<String> names() {
    return List.of("ext2", "ext3", "ext4", "btrfs", "xfs");
  }

  /** The least a partition must have to be formatted with it. */
  public Bytes minimum() {
    return minimum;
  }

  /** The module of GRUB that reads it; empty if none does. */
  public String grubModule() {
    return grubModule;
  }

  /** The Debian package with the tools that an image needs for it. */
  public String debianPackage() {
    return debianPackage;
  }

  /** The commands of the host that make it. */
  public List<HostCommand> commands() {
    return commands;
  }

  /** Whether it is one of ext2, ext3 and ext4. */
  public boolean isExt() {
    return name().startsWith("EXT");
  }

  /** As the manifest and {@code fstab} write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
