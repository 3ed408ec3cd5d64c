/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.cli.internal.arguments.Syntax;

/** Lists providers and plugins. */
final class PluginsCommand {
  static final Syntax SYNTAX =
      new Syntax(
          "plugins",
          "",
          0,
          0,
          "Lists providers and plugins and what any of them misses",
          "",
          List.of());

  private final Supplier<ExtensionCatalog> catalog;
  private final Terminal terminal;

  PluginsCommand(Supplier<ExtensionCatalog> catalog, Terminal terminal) {
    this.catalog = catalog;
    this.terminal = terminal;
  }

  int run() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("KIND", "NAME", "VERSION", "BUNDLE", "STATE", ""));
    for (ExtensionInfo info : catalog.get().extensions()) {
      rows.add(
          List.of(
              lowerCase(info.kind()),
              info.name(),
              info.version(),
              info.bundle(),
              lowerCase(info.state()),
              info.missing().isEmpty() ? info.description() : info.missing()));
    }
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      terminal.out().println(line.toString().stripTrailing());
    }
    return ExitStatus.DONE;
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
