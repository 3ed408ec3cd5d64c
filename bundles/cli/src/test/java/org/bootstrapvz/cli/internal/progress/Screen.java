/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.progress;

import java.util.ArrayList;
import java.util.List;

/** A terminal that understands what the live display sends; shows what a person would see. */
final class Screen {
  private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
  private int row;
  private int column;

  /** The screen after these bytes, without blank lines at its end. */
  static String show(String sent) {
    Screen screen = new Screen();
    screen.take(sent.replaceAll("\033\\[[0-9;]*m", ""));
    return String.join("\n", screen.lines).stripTrailing();
  }

  private void take(String sent) {
    for (int i = 0; i < sent.length(); i++) {
      char c = sent.charAt(i);
      if (sent.startsWith("\033[2K", i)) {
        lines.get(row).setLength(0);
        i += 3;
      } else if (sent.startsWith("\033[1A", i)) {
        row--;
        i += 3;
      } else if (c == '\r') {
        column = 0;
      } else if (c == '\n') {
        row++;
        column = 0;
        if (row == lines.size()) {
          lines.add(new StringBuilder());
        }
      } else if (c < ' ') {
        throw new AssertionError("not understood: " + (int) c);
      } else {
        put(c);
      }
    }
  }

  private void put(char c) {
    StringBuilder line = lines.get(row);
    while (line.length() <= column) {
      line.append(' ');
    }
    line.setCharAt(column++, c);
  }
}
