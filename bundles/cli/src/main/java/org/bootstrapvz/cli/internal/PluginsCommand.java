/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.repository.InstalledJar;
import org.bootstrapvz.api.repository.Offer;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.api.repository.RepositoryException;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.arguments.Arguments;
import org.bootstrapvz.cli.internal.arguments.Option;
import org.bootstrapvz.cli.internal.arguments.Syntax;
import org.bootstrapvz.cli.internal.arguments.UsageException;

/** Lists providers and plugins, and gets those that are not there. */
final class PluginsCommand {
  private static final Option<String> REPOSITORY =
      Option.text(
          "--repository",
          "FOLDER|URL",
          "Look there; without it where conf/plugins.properties says");

  static final Syntax SYNTAX =
      new Syntax(
          "plugins",
          "[available | install NAME[@VERSION]... | remove NAME... | index FOLDER]",
          0,
          Integer.MAX_VALUE,
          "Lists providers and plugins and what any of them misses, or\n"
              + "those in a repository; installs them from there, or removes them",
          "install also gets what else is needed, and takes nothing whose checksum is wrong;"
              + " VERSION may be a\nrange such as '[1.2,2)'. index makes the index of a folder"
              + " of jars, which is a repository then.",
          List.of(REPOSITORY));

  private final Supplier<ExtensionCatalog> catalog;
  private final Supplier<PluginRepository> repository;
  private final Terminal terminal;

  PluginsCommand(
      Supplier<ExtensionCatalog> catalog,
      Supplier<PluginRepository> repository,
      Terminal terminal) {
    this.catalog = catalog;
    this.repository = repository;
    this.terminal = terminal;
  }

  int run(Arguments arguments) throws UsageException {
    List<String> operands = arguments.operands();
    String what = operands.isEmpty() ? "" : operands.get(0);
    List<String> names = operands.isEmpty() ? List.of() : operands.subList(1, operands.size());
    List<String> addresses = addresses(arguments);
    try {
      switch (what) {
        case "" -> list();
        case "available" -> {
          expect(names.isEmpty(), "available takes no operand");
          available(addresses);
        }
        case "install" -> {
          expect(!names.isEmpty(), "install needs a NAME");
          install(names, addresses);
        }
        case "remove" -> {
          expect(!names.isEmpty(), "remove needs a NAME");
          remove(names);
        }
        case "index" -> {
          expect(names.size() == 1, "index needs one FOLDER");
          index(Path.of(names.get(0)));
        }
        default -> expect(false, "\"" + what + "\" is none of available, install, remove, index");
      }
      return ExitStatus.DONE;
    } catch (RepositoryException e) {
      e.getMessage().lines().forEach(this::tell);
      return ExitStatus.INPUT;
    } catch (IOException e) {
      tell("Cannot use " + FileProblem.describe(e));
      return ExitStatus.INPUT;
    } catch (InterruptedException e) {
      return ExitStatus.INTERRUPTED;
    }
  }

  private static void expect(boolean right, String mistake) throws UsageException {
    if (!right) {
      throw UsageException.of(SYNTAX, mistake);
    }
  }

  private static List<String> addresses(Arguments arguments) throws UsageException {
    Optional<String> address = arguments.get(REPOSITORY);
    expect(
        address.filter(text -> text.matches("\\w+://[^/]*@.*")).isEmpty(),
        "--repository: everybody on this host can see a password here;"
            + " write the address into conf/plugins.properties");
    return address.stream().toList();
  }

  private void tell(String problem) {
    terminal.err().println("bootstrap-vz: " + problem);
  }

  private void list() {
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
    print(rows);
  }

  private void available(List<String> addresses)
      throws RepositoryException, IOException, InterruptedException {
    List<Offer> offers = repository.get().offers(addresses, this::tell);
    List<ExtensionInfo> extensions = catalog.get().extensions();
    print(rows(offers, extensions));
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
              lowerCase(offer.kind()),
              offer.name(),
              offer.version(),
              offer.bundle(),
              installed.isEmpty() ? "no" : installed,
              offer.description()));
    }
    return rows;
  }

  private void install(List<String> names, List<String> addresses)
      throws RepositoryException, IOException, InterruptedException {
    for (InstalledJar jar : repository.get().install(names, addresses, this::tell)) {
      terminal.out().println("Installed " + label(jar, ", which is needed"));
    }
  }

  private void remove(List<String> names) throws RepositoryException, IOException {
    for (InstalledJar jar : repository.get().remove(names)) {
      terminal.out().println("Removed " + label(jar, ", which nothing needs any more"));
    }
  }

  private static String label(InstalledJar jar, String notAsked) {
    return "%s %s: %s%s"
        .formatted(jar.bundle(), jar.version(), jar.file(), jar.asked() ? "" : notAsked);
  }

  private void index(Path folder) throws RepositoryException, IOException {
    List<Offer> offers = repository.get().index(folder, this::tell);
    print(rows(offers, List.of()).stream().map(row -> row.subList(0, 4)).toList());
    terminal.out().println("Wrote " + folder.resolve("index.xml"));
  }

  private void print(List<List<String>> rows) {
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
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
