/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import org.bootstrapvz.api.value.Bytes;

/** Estimates how large a filesystem must be for a tree to fit into it. */
final class Capacity {
  /** Blocks of a group, as many as a bitmap of one block has bits. */
  private static final long GROUP = 8L * TreeSize.BLOCK;

  private static final int INODE = 256;
  private static final long XFS_LOG = 72L << 20;
  private static final long BTRFS_CHUNKS = 112L << 20;

  private Capacity() {}

  /** Whether a tree fits into a filesystem of that size. */
  static boolean fits(Filesystem filesystem, TreeSize tree, Bytes size) {
    return switch (filesystem) {
      case EXT2, EXT3, EXT4 -> fitsExt(filesystem, tree, size.count() / TreeSize.BLOCK);
      case BTRFS -> neededByBtrfs(tree) <= size.count();
      case XFS -> neededByXfs(tree) <= size.count();
      case VFAT -> tree.fullBlocks() * TreeSize.BLOCK + (size.count() >> 6) <= size.count();
      case SWAP -> true;
    };
  }

  /** The smallest size, in whole MiB, of a filesystem that a tree fits into. */
  static Bytes needed(Filesystem filesystem, TreeSize tree) {
    long low = Math.max(1, filesystem.minimum().dividedBy(Bytes.mebibytes(1)));
    long high = low;
    while (!fits(filesystem, tree, Bytes.mebibytes(high))) {
      low = high + 1;
      high *= 2;
    }
    while (low < high) {
      long middle = (low + high) / 2;
      if (fits(filesystem, tree, Bytes.mebibytes(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Bytes.mebibytes(low);
  }

  private static boolean fitsExt(Filesystem filesystem, TreeSize tree, long blocks) {
    long groups = ceil(blocks, GROUP);
    long inodes = blocks * TreeSize.BLOCK / ExtConfiguration.bytesPerInode(blocks);
    long descriptors = ceil(groups, TreeSize.BLOCK / 64);
    // Room that mke2fs keeps free after the descriptors, to grow to a thousand times the size.
    long growth = Math.min(1024, ceil(groups * 1024, TreeSize.BLOCK / 64));
    long overhead = groups * 2 + backups(groups) * (1 + descriptors + growth);
    overhead += ceil(inodes * INODE, TreeSize.BLOCK) + groups;
    overhead += filesystem == Filesystem.EXT2 ? 0 : journal(blocks);
    overhead += blocks / 20;
    long lists =
        filesystem == Filesystem.EXT4 ? tree.large() / 64 : tree.large() + tree.blocks() / 512;
    long reserved = 16;
    return tree.inodes() + reserved <= inodes
        && tree.blocks() + lists + reserved + overhead <= blocks;
  }

  /** Groups that hold a copy of superblock and descriptors: 0, 1 and powers of 3, 5 and 7. */
  private static long backups(long groups) {
    long count = Math.min(2, groups);
    for (int base : new int[] {3, 5, 7}) {
      for (long group = base; group < groups; group *= base) {
        count++;
      }
    }
    return count;
  }

  /** Blocks mke2fs gives to the journal. */
  private static long journal(long blocks) {
    if (blocks < 32_768) {
      return 1024;
    }
    if (blocks < 256 * 1024) {
      return 4096;
    }
    if (blocks < 512 * 1024) {
      return 8192;
    }
    if (blocks < 4096 * 1024) {
      return 16_384;
    }
    if (blocks < 8192 * 1024) {
      return 32_768;
    }
    return blocks < 16_384 * 1024 ? 65_536 : blocks < 32_768 * 1024 ? 131_072 : 262_144;
  }

  /** The log, which grows with the size, and what each inode and each folder takes. */
  private static long neededByXfs(TreeSize tree) {
    long data = tree.blocks() * TreeSize.BLOCK;
    return XFS_LOG + data + data / 12 + tree.inodes() * 1024;
  }

  /** Metadata is kept twice; sparse files become full. */
  private static long neededByBtrfs(TreeSize tree) {
    long data = tree.fullBlocks() * TreeSize.BLOCK;
    return BTRFS_CHUNKS + data + data / 8 + tree.inodes() * 3072;
  }

  private static long ceil(long count, long parts) {
    return (count + parts - 1) / parts;
  }
}
