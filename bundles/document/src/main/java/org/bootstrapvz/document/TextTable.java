/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.value.VisibleText;

/**
 * A table for terminals: columns as wide as their longest value, two spaces apart. Control
 * characters are shown.
 */
public final class TextTable {
  private static final int GAP = 2;

  private TextTable() {}

  /**
   * Formats rows.
   *
   * @param rows each with the same number of values; the first may be a heading
   * @return a line for each row, without trailing spaces
   * @throws IllegalArgumentException if the rows have different numbers of values
   */
  public static List<String> lines(List<List<String>> rows) {
    return aligned(
        rows.stream().map(row -> row.stream().map(VisibleText::onOneLine).toList()).toList());
  }

  private static List<String> aligned(List<List<String>> rows) {
    int[] widths = new int[rows.isEmpty() ? 0 : rows.get(0).size()];
    for (List<String> row : rows) {
      if (row.size() != widths.length) {
        throw new IllegalArgumentException("The rows of a table have different lengths: " + row);
      }
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + GAP));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
