/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plugins;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.repository.Offer;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.document.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lists what a repository offers, and which of it is installed. */
final class AvailablePlugins implements Command {
  private final Supplier<ExtensionCatalog> catalog;
  private final Supplier<PluginRepository> repository;

  AvailablePlugins(Supplier<ExtensionCatalog> catalog, Supplier<PluginRepository> repository) {
    this.catalog = catalog;
    this.repository = repository;
  }

  @Override
  public CommandSpec spec() {
    return CommandSpec.create();
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    List<String> addresses = RepositoryAction.addresses(arguments);
    return RepositoryAction.run(
        terminal,
        () -> {
          List<Offer> offers =
              repository
                  .get()
                  .offers(addresses, problem -> RepositoryAction.report(terminal, problem));
          TextTable.lines(rows(offers, catalog.get().extensions()))
              .forEach(terminal.out()::println);
        });
  }

  private static List<List<String>> rows(List<Offer> offers, List<ExtensionInfo> extensions) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("KIND", "NAME", "VERSION", "BUNDLE", "INSTALLED", ""));
    for (Offer offer : offers) {
      String installed =
          extensions.stream()
              .filter(info -> info.kind() == offer.kind() && info.name().equals(offer.name()))
              .map(ExtensionInfo::version)
              .map(version -> version.equals(offer.version()) ? "yes" : version)
              .distinct()
              .collect(Collectors.joining(", "));
      rows.add(
          List.of(
              offer.kind().words(),
              offer.name(),
              offer.version(),
              offer.bundle(),
              installed.isEmpty() ? "no" : installed,
              offer.description()));
    }
    return rows;
  }
}
