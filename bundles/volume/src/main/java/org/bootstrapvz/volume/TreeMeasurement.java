/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.volume.TreeSize;

/** Measures directory trees. */
public final class TreeMeasurement {
  /** Bytes of a directory entry: the mean length of a name and its header. */
  private static final int ENTRY = 48;

  /** Longer targets of symbolic links do not fit into an inode. */
  private static final int INODE_LINK = 59;

  private TreeMeasurement() {}

  /**
   * Measures a tree, without other filesystems that are mounted in it.
   *
   * @param tree a path inside the sandbox
   * @throws BuildException if it cannot be read
   */
  public static TreeSize of(Sandbox sandbox, Path tree) throws BuildException {
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
        // A filesystem that stores a small file in its inode reports no blocks for it.
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
      long directories = inBlocks(entries * ENTRY);
      return new TreeSize(blocks + directories, fullBlocks + directories, inodes, large);
    }

    private static long inBlocks(long bytes) {
      return (bytes + TreeSize.BLOCK - 1) / TreeSize.BLOCK;
    }
  }
}
