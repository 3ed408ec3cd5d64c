/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.manifest;

import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.manifest.MigratedManifest;
import org.bootstrapvz.api.manifest.MigratedManifest.Change;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;

/** Prints what a migration changed in a manifest. */
final class MigrationReport {
  private final Terminal terminal;
  private final Style style;

  MigrationReport(Terminal terminal) {
    this.terminal = terminal;
    this.style = Style.of(Style.Mode.AUTO, terminal);
  }

  void print(Path file, MigratedManifest migrated) {
    terminal
        .out()
        .println(
            style.strong(file.toString())
                + " is for Debian "
                + migrated.release().codename()
                + (migrated.changes().isEmpty() ? "; no changes were necessary" : ""));
    list("Changed:", migrated.changes());
    list("Not changed, please check:", migrated.hints());
  }

  private void list(String title, List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    terminal.out().println();
    terminal.out().println(style.strong(title));
    for (Change change : changes) {
      terminal
          .out()
          .println(
              "  line " + change.location().line() + ", " + change.path() + ": " + change.what());
      terminal.out().println(style.faint("      " + change.why()));
    }
  }
}
