/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.host.CommandResult;

/** The output of a command for its result, as long as that is not too long for the memory. */
final class RetainedOutput {
  /** What a line uses besides its characters. */
  private static final int LINE_BYTES = 64;

  private final List<String> lines = new ArrayList<>();
  private final StringBuilder longLine = new StringBuilder();
  private long size;

  void line(String line) {
    if (fits(line.length() + LINE_BYTES)) {
      lines.add(line);
    }
  }

  void part(String text, boolean last) {
    if (fits(text.length()) && fits(last ? LINE_BYTES : 0)) {
      longLine.append(text);
      if (last) {
        lines.add(longLine.toString());
        longLine.setLength(0);
        longLine.trimToSize();
      }
    }
  }

  private boolean fits(long more) {
    size += more;
    if (size <= CommandResult.MAX_OUTPUT) {
      return true;
    }
    lines.clear();
    longLine.setLength(0);
    longLine.trimToSize();
    return false;
  }

  /** All lines; empty if they are too long. */
  Optional<List<String>> lines() {
    return size <= CommandResult.MAX_OUTPUT ? Optional.of(lines) : Optional.empty();
  }
}
