/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.arguments.Arguments;
import org.bootstrapvz.cli.internal.arguments.Option;
import org.bootstrapvz.cli.internal.arguments.Syntax;
import org.bootstrapvz.cli.internal.arguments.UsageException;

/** Writes a Maven project for a plugin or a provider of somebody else. */
public final class NewCommand {
  private static final Option<String> GROUP =
      Option.text(
          "--group",
          "ID",
          "Maven group and Java package, such as org.acme; without it org.example");
  private static final Option<String> DIR =
      Option.text("--dir", "FOLDER", "Where to write it; without it KIND.NAME in this folder");

  /** How it is called. */
  public static final Syntax SYNTAX =
      new Syntax(
          "new",
          "plugin|provider NAME",
          2,
          2,
          "Writes a complete Maven project for a plugin or a provider",
          "It compiles, passes its tests (mvn verify), and its jar works in the deploy folder at once.",
          List.of(GROUP, DIR));

  private final Supplier<ExtensionCatalog> catalog;
  private final Terminal terminal;
  private final Path home;

  /**
   * @param catalog knows which names are taken
   * @param home the folder of the distribution
   */
  public NewCommand(Supplier<ExtensionCatalog> catalog, Terminal terminal, Path home) {
    this.catalog = catalog;
    this.terminal = terminal;
    this.home = home;
  }

  /** Runs it and returns the exit status. */
  public int run(Arguments arguments) throws UsageException {
    Kind kind =
        Kind.named(arguments.operands().get(0))
            .orElseThrow(
                () ->
                    usage(
                        "\""
                            + arguments.operands().get(0)
                            + "\" is neither plugin nor provider; say which you write"));
    ProjectName name =
        new ProjectName(
            kind, arguments.operands().get(1), arguments.get(GROUP).orElse("org.example"));
    Optional<String> mistake = name.mistake();
    if (mistake.isPresent()) {
      throw usage(mistake.get());
    }
    for (ExtensionInfo taken : catalog.get().extensions()) {
      if (taken.kind() == kind.installed() && taken.name().equals(name.name())) {
        throw usage(
            "A " + kind + " named " + name.name() + " is installed already: " + taken.bundle());
      }
    }
    Path folder = Path.of(arguments.get(DIR).orElse(kind + "." + name.name()));
    try {
      if (!isFree(folder)) {
        terminal
            .err()
            .println(
                "bootstrap-vz: The folder " + folder + " is not empty; name another with --dir");
        return ExitStatus.INPUT;
      }
      Project.write(name, folder, home);
    } catch (IOException e) {
      terminal.err().println("bootstrap-vz: Cannot write " + FileProblem.describe(e));
      return ExitStatus.INPUT;
    }
    terminal.out().println("Wrote " + folder + ". Now:");
    terminal.out().println("  cd " + folder + " && mvn verify");
    terminal
        .out()
        .println("  cp target/" + kind + "." + name.name() + "-*.jar " + home + "/deploy/");
    return ExitStatus.DONE;
  }

  private static boolean isFree(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    try (Stream<Path> content = Files.list(folder)) {
      return content.findAny().isEmpty();
    }
  }

  private static UsageException usage(String message) {
    return UsageException.of(SYNTAX, message);
  }
}
