/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.packages;

import java.util.Set;
import java.util.TreeSet;

/**
 * Selects the packages of priority "standard" from package records in the format of {@code
 * apt-cache dumpavail}.
 */
final class StandardPriority {
  private final Set<String> names = new TreeSet<>();
  private String current = "";

  void line(String line) {
    if (line.startsWith("Package: ")) {
      current = line.substring("Package: ".length());
    } else if (line.equals("Priority: standard")) {
      names.add(current);
    }
  }

  Set<String> names() {
    return names;
  }
}
