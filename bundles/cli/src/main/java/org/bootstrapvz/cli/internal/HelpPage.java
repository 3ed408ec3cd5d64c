/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.internal.model.CommandEntry;
import org.bootstrapvz.cli.internal.model.CommandTable;

/** The help of the program: its commands, by category. */
final class HelpPage {
  private HelpPage() {}

  static String of(CommandTable commands) {
    int width = commands.names().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text =
        new StringBuilder(
            """
            Usage: bootstrap-vz [OPTIONS] MANIFEST
                   bootstrap-vz COMMAND [OPTIONS] [ARGUMENTS]

            Build bootable Debian images from YAML manifests. Without a command, the manifest is built.
            """);
    CommandCategory category = null;
    for (CommandEntry entry : commands.entries()) {
      if (entry.category() != category) {
        category = entry.category();
        text.append('\n').append(category.title()).append(":\n");
      }
      row(text, entry.name(), width, entry.summary());
    }
    text.append("\nOptions:\n");
    row(text, "--version", Math.max(width, 10), "Show the version");
    row(text, "-h, --help", Math.max(width, 10), "Show this help, or that of a command");
    return text.append(
            """

            Exit status: 0 success, 1 errors in the manifest or another input, 2 errors in the command line,
            3 the build or another operation failed, 130 interrupted.

            Run "bootstrap-vz help COMMAND" for the options of a command.
            """)
        .toString();
  }

  private static void row(StringBuilder text, String name, int width, String summary) {
    text.append("  ")
        .append(name)
        .append(" ".repeat(width - name.length() + 3))
        .append(summary)
        .append('\n');
  }
}
