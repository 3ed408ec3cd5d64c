/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plugins;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.document.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lists the providers and plugins that are installed. */
final class ListPlugins implements Command {
  private final Supplier<ExtensionCatalog> catalog;

  ListPlugins(Supplier<ExtensionCatalog> catalog) {
    this.catalog = catalog;
  }

  @Override
  public CommandSpec spec() {
    return CommandSpec.create();
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("KIND", "NAME", "VERSION", "BUNDLE", "STATE", ""));
    for (ExtensionInfo info : catalog.get().extensions()) {
      rows.add(
          List.of(
              info.kind().words(),
              info.name(),
              info.version(),
              info.bundle(),
              RepositoryAction.lowerCase(info.state()).replace('_', ' '),
              info.missing().isEmpty() ? info.description() : info.missing()));
    }
    TextTable.lines(rows).forEach(terminal.out()::println);
    return ExitStatus.DONE;
  }
}
