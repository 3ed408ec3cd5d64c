/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.volume;

import org.bootstrapvz.api.value.Bytes;

/**
 * The size of a directory tree, in blocks of 4 KiB. Immutable.
 *
 * @param blocks of its content, without holes
 * @param fullBlocks of its content, with holes filled
 * @param inodes the number of inodes: files, directories and others; hard links count once
 * @param large files of more than 12 blocks, which need a block for the list of their blocks in
 *     ext2 and ext3
 */
public record TreeSize(long blocks, long fullBlocks, long inodes, long large) {
  /** Bytes in a block. */
  public static final int BLOCK = 4096;

  /** Returns the size of its content. */
  public Bytes content() {
    return new Bytes(blocks * BLOCK);
  }
}
