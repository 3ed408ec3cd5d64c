/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plugins;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bootstrapvz.api.repository.IndexSigning;
import org.bootstrapvz.api.repository.Offer;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.document.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Writes the index of a directory of jars, which makes it a repository. */
final class IndexRepository implements Command {
  private static final String CERTIFICATE = "--certificate";
  private static final String KEY = "--key";
  private static final String DAYS = "--valid-days";
  private static final int DEFAULT_DAYS = 90;

  private final Supplier<PluginRepository> repository;

  IndexRepository(Supplier<PluginRepository> repository) {
    this.repository = repository;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .addPositional(Operands.path(0, "DIR", "A directory of jars"))
            .addOption(
                Options.path(CERTIFICATE, "FILE", "Sign the index with this certificate (PEM)"))
            .addOption(Options.path(KEY, "FILE", "Private key of the certificate (PEM, PKCS #8)"))
            .addOption(
                Options.number(
                    DAYS,
                    "N",
                    1,
                    3650,
                    "Days for which a signed index is valid (default: " + DEFAULT_DAYS + ")"));
    spec.usageMessage().description("With its index.xml, the directory is a repository.");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    Path directory = Operands.value(arguments, 0);
    Optional<IndexSigning> signing = signing(arguments);
    return RepositoryAction.run(
        terminal,
        () -> {
          List<Offer> offers =
              repository
                  .get()
                  .index(directory, signing, problem -> RepositoryAction.report(terminal, problem));
          List<List<String>> rows = new ArrayList<>();
          rows.add(List.of("KIND", "NAME", "VERSION", "BUNDLE"));
          for (Offer offer : offers) {
            rows.add(List.of(offer.kind().words(), offer.name(), offer.version(), offer.bundle()));
          }
          TextTable.lines(rows).forEach(terminal.out()::println);
          terminal.out().println("Wrote " + directory.resolve("index.xml"));
          if (signing.isPresent()) {
            terminal.out().println("Wrote " + directory.resolve("index.signed"));
          }
        });
  }

  private static Optional<IndexSigning> signing(ParseResult arguments) {
    Optional<Path> certificate = Options.value(arguments, CERTIFICATE);
    Optional<Path> key = Options.value(arguments, KEY);
    Optional<Integer> days = Options.value(arguments, DAYS);
    if (certificate.isPresent() && key.isPresent()) {
      return Optional.of(
          new IndexSigning(
              certificate.get(), key.get(), Duration.ofDays(days.orElse(DEFAULT_DAYS))));
    }
    if (certificate.isPresent() || key.isPresent() || days.isPresent()) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(),
          "To sign an index, give both " + CERTIFICATE + " and " + KEY);
    }
    return Optional.empty();
  }
}
