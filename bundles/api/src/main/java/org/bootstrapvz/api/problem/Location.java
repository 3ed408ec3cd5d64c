/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.problem;

import java.nio.file.Path;

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

  /** Returns {@code file:line:column}, without the parts that are 0. */
  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line + (column > 0 ? ":" + column : "") : "");
  }
}
