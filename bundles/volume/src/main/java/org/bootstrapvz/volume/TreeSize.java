/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Bytes;

/**
 * How much a tree takes, in blocks of 4 KiB.
 *
 * @param blocks of its content, holes left out
 * @param fullBlocks of its content, holes filled
 * @param inodes files, folders and all else; hard links count once
 * @param large files of more than 12 blocks, which need a block for the list of their blocks in
 *     ext2 and ext3
 */
public record TreeSize(long blocks, long fullBlocks, long inodes, long large) {
  /** Bytes in a block. */
  public static final int BLOCK = 4096;

  /** Bytes a folder takes for an entry: the name's length in the mean, and what goes with it. */
  private static final int ENTRY = 48;

  /** Longer targets of symbolic links do not fit into an inode. */
  private static final int INODE_LINK = 59;

  /** What its content takes. */
  public Bytes content() {
    return new Bytes(blocks * BLOCK);
  }

  /**
   * Measures a tree without what is mounted in it.
   *
   * @param tree a path inside the sandbox
   */
  public static TreeSize measure(Sandbox sandbox, Path tree) throws BuildException {
    Sum sum = new Sum();
    sandbox.run(
        Command.of("find", tree.toString(), "-xdev", "-printf", "%y %i %n %b %s\\n")
            .lines(sum::add));
    return sum.result();
  }

  private static final class Sum {
    private final Set<Long> linked = new HashSet<>();
    private long blocks;
    private long fullBlocks;
    private long inodes;
    private long large;
    private long entries;

    /** A line of find: type, inode, links, allocated units of 512 bytes, size. */
    private synchronized boolean add(String line) {
      String[] words = line.split(" ");
      if (words.length != 5 || words[0].length() != 1) {
        return false;
      }
      entries++;
      char type = words[0].charAt(0);
      if (type != 'd' && !words[2].equals("1") && !linked.add(Long.valueOf(words[1]))) {
        return true;
      }
      inodes++;
      long size = Long.parseLong(words[4]);
      if (type == 'd') {
        blocks++;
        fullBlocks++;
      } else if (type == 'f' && size > 0) {
        long full = inBlocks(size);
        // A filesystem that keeps a small file in its inode reports no block for it.
        long allocated = Math.max(1, inBlocks(Long.parseLong(words[3]) * 512));
        blocks += Math.min(full, allocated);
        fullBlocks += full;
        large += full > 12 ? 1 : 0;
      } else if (type == 'l' && size > INODE_LINK) {
        blocks++;
        fullBlocks++;
      }
      return true;
    }

    private synchronized TreeSize result() {
      long folders = inBlocks(entries * ENTRY);
      return new TreeSize(blocks + folders, fullBlocks + folders, inodes, large);
    }

    private static long inBlocks(long bytes) {
      return (bytes + BLOCK - 1) / BLOCK;
    }
  }
}
