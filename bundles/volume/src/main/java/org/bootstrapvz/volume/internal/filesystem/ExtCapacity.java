/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume.internal.filesystem;

import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.volume.TreeSize;

/**
 * Estimates whether a tree fits into an ext filesystem.
 *
 * @param journal whether it has a journal
 * @param extents whether it uses extents
 */
record ExtCapacity(boolean journal, boolean extents) {
  /** Blocks of a group: the number of bits in a bitmap of one block. */
  private static final long GROUP = 8L * TreeSize.BLOCK;

  private static final int INODE = 256;

  boolean fits(TreeSize tree, Bytes size) {
    long blocks = size.count() / TreeSize.BLOCK;
    long groups = ceil(blocks, GROUP);
    long inodes = blocks * TreeSize.BLOCK / ExtConfiguration.bytesPerInode(blocks);
    long descriptors = ceil(groups, TreeSize.BLOCK / 64);
    // mke2fs reserves blocks after the descriptors so that the filesystem can grow to 1024 times
    // its size.
    long growth = Math.min(1024, ceil(groups * 1024, TreeSize.BLOCK / 64));
    long overhead = groups * 2 + backups(groups) * (1 + descriptors + growth);
    overhead += ceil(inodes * INODE, TreeSize.BLOCK) + groups;
    overhead += journal ? journal(blocks) : 0;
    overhead += blocks / 20;
    long lists = extents ? tree.large() / 64 : tree.large() + tree.blocks() / 512;
    long reserved = 16;
    return tree.inodes() + reserved <= inodes
        && tree.blocks() + lists + reserved + overhead <= blocks;
  }

  /** Groups with a copy of the superblock and the descriptors: 0, 1 and powers of 3, 5 and 7. */
  private static long backups(long groups) {
    long count = Math.min(2, groups);
    for (int base : new int[] {3, 5, 7}) {
      for (long group = base; group < groups; group *= base) {
        count++;
      }
    }
    return count;
  }

  /** The blocks that mke2fs reserves for the journal. */
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

  private static long ceil(long count, long parts) {
    return (count + parts - 1) / parts;
  }
}
