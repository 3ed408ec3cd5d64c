/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Composes what the help says of a command. */
public final class Descriptions {
  private Descriptions() {}

  /** The summary, then a paragraph for each line of the model's own description. */
  public static String[] of(String summary, CommandSpec spec) {
    List<String> lines = new ArrayList<>(List.of(summary.replace("%", "%%")));
    for (String line : spec.usageMessage().description()) {
      lines.add("");
      lines.add(line);
    }
    return lines.toArray(new String[0]);
  }
}
