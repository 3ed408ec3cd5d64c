/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.problem;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * A place in a file.
 *
 * @param file the file, as the user named it
 * @param line counted from 1; 0 for the file as a whole
 * @param column counted from 1; 0 for the line as a whole
 */
public record Location(Path file, int line, int column) {
  /** Returns the location of a whole file. */
  public static Location of(Path file) {
    return new Location(file, 0, 0);
  }

  /** Returns the order of the files, {@code first} before all others, and of the places in them. */
  public static Comparator<Location> order(Path first) {
    return Comparator.comparing((Location location) -> !location.file().equals(first))
        .thenComparing(Location::file)
        .thenComparingInt(Location::line)
        .thenComparingInt(Location::column);
  }

  /** Returns {@code file:line:column}, without the parts that are 0. */
  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line + (column > 0 ? ":" + column : "") : "");
  }
}
