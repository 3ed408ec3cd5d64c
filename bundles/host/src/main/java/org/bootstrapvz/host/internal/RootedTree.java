/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A directory that is {@code /} for its content: symbolic links, including absolute ones, and
 * {@code ..} never lead out of it. The kernel would resolve them against the root of the JVM.
 */
record RootedTree(Path base) {
  /** The same limit as in Linux. */
  private static final int LINKS = 40;

  /**
   * Returns the real location of a path in the tree.
   *
   * @param followLast whether a link in the last component is followed, too
   */
  Path resolve(String path, boolean followLast) throws IOException {
    Deque<String> pending = new ArrayDeque<>();
    push(pending, path);
    Path current = base;
    int links = 0;
    while (!pending.isEmpty()) {
      String name = pending.pop();
      if (name.equals("..")) {
        Path parent = current.getParent();
        current = parent == null || current.equals(base) ? base : parent;
        continue;
      }
      Path next = current.resolve(name);
      if ((followLast || !pending.isEmpty()) && Files.isSymbolicLink(next)) {
        if (++links > LINKS) {
          throw new FileSystemLoopException(path);
        }
        String target = Files.readSymbolicLink(next).toString();
        current = target.startsWith("/") ? base : current;
        push(pending, target);
      } else {
        current = next;
      }
    }
    return current;
  }

  /** Returns the path inside the tree. */
  Path inside(Path resolved) {
    return Path.of("/").resolve(base.relativize(resolved));
  }

  private static void push(Deque<String> pending, String path) {
    String[] names = path.split("/");
    for (int i = names.length - 1; i >= 0; i--) {
      if (!names[i].isEmpty() && !names[i].equals(".")) {
        pending.push(names[i]);
      }
    }
  }
}
