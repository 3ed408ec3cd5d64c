/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plugins;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bootstrapvz.api.repository.Offer;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.document.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Writes the index of a directory of jars, which makes it a repository. */
final class IndexRepository implements Command {
  private final Supplier<PluginRepository> repository;

  IndexRepository(Supplier<PluginRepository> repository) {
    this.repository = repository;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create().addPositional(Operands.path(0, "DIR", "A directory of jars"));
    spec.usageMessage().description("With its index.xml, the directory is a repository.");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    Path directory = Operands.value(arguments, 0);
    return RepositoryAction.run(
        terminal,
        () -> {
          List<Offer> offers =
              repository
                  .get()
                  .index(directory, problem -> RepositoryAction.report(terminal, problem));
          List<List<String>> rows = new ArrayList<>();
          rows.add(List.of("KIND", "NAME", "VERSION", "BUNDLE"));
          for (Offer offer : offers) {
            rows.add(List.of(offer.kind().words(), offer.name(), offer.version(), offer.bundle()));
          }
          TextTable.lines(rows).forEach(terminal.out()::println);
          terminal.out().println("Wrote " + directory.resolve("index.xml"));
        });
  }
}
