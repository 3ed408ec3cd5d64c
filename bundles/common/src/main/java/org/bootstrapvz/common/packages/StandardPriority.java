/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.packages;

import java.util.Set;
import java.util.TreeSet;

/**
 * Selects the packages of priority "standard" from package records in the format of {@code
 * apt-cache dumpavail}.
 */
final class StandardPriority {
  // Guarded by this: lines come from another thread.
  private final Set<String> names = new TreeSet<>();
  private String current = "";

  /** Reads a line; returns true, as no line of it is of interest in a log. */
  synchronized boolean line(String line) {
    if (line.startsWith("Package: ")) {
      current = line.substring("Package: ".length());
    } else if (line.equals("Priority: standard")) {
      names.add(current);
    }
    return true;
  }

  synchronized Set<String> names() {
    return new TreeSet<>(names);
  }
}
