/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.bootstrapvz.api.host.Sandbox;

/** The mounts in a sandbox. */
final class Mounts {
  private Mounts() {}

  /**
   * Returns the mount points at and below a path in an order in which they can be unmounted: the
   * deepest first, and of several on the same directory the most recent. A directory is listed once
   * for each mount on it.
   */
  static List<Path> at(Sandbox sandbox, Path path) throws IOException {
    Path real = new RootedTree(sandbox.outside(Path.of("/"))).inside(sandbox.outside(path));
    List<Path> found = new ArrayList<>();
    for (String line : Files.readAllLines(sandbox.outside(Path.of("/proc/1/mountinfo")))) {
      Path point = Path.of(unescape(line.split(" ")[4]));
      if (point.startsWith(real)) {
        found.add(point);
      }
    }
    Collections.reverse(found);
    found.sort(Comparator.comparing(Path::getNameCount).reversed());
    return found;
  }

  /** The kernel writes space, tab, newline and backslash as three octal digits. */
  private static String unescape(String text) {
    return text.replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
