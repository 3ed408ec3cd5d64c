/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.bootstrapvz.api.manifest.ManifestMigration;
import org.bootstrapvz.api.manifest.MigratedManifest;
import org.bootstrapvz.api.manifest.MigratedManifest.Change;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.arguments.Arguments;
import org.bootstrapvz.cli.internal.arguments.Option;
import org.bootstrapvz.cli.internal.arguments.Syntax;

/** {@code migrate}: writes a manifest for the current release beside one for an earlier release. */
final class MigrateCommand {
  private static final Option<String> OUTPUT =
      Option.text(
          "--output", "FILE", "Write to this file instead of OLD.RELEASE.yml beside the old one");
  private static final Option<Boolean> FORCE =
      Option.flag("--force", "Replace the file if it is there");

  static final Syntax SYNTAX =
      new Syntax(
          "migrate",
          "MANIFEST",
          1,
          1,
          "Rewrites a manifest for the current release of Debian",
          "Comments and formatting stay; a comment beside each change explains it.",
          List.of(OUTPUT, FORCE));

  private final Supplier<ManifestMigration> migration;
  private final Supplier<ExtensionCatalog> catalog;
  private final Supplier<Planner> planner;
  private final Terminal terminal;
  private final Style style;

  MigrateCommand(
      Supplier<ManifestMigration> migration,
      Supplier<ExtensionCatalog> catalog,
      Supplier<Planner> planner,
      Terminal terminal) {
    this.migration = migration;
    this.catalog = catalog;
    this.planner = planner;
    this.terminal = terminal;
    this.style = Style.of(Style.Mode.AUTO, terminal);
  }

  int run(Arguments arguments) {
    Path old = Path.of(arguments.operands().get(0));
    List<Problem> problems = new ArrayList<>();
    Optional<MigratedManifest> migrated =
        migration
            .get()
            .migrate(old, installed(Kind.PROVIDER), installed(Kind.PLUGIN), problems::add);
    new ProblemReport(terminal.err(), style).print(problems);
    if (migrated.isEmpty()) {
      terminal.err().println(style.error(old + " was not migrated"));
      return ExitStatus.INPUT;
    }
    Path file = arguments.get(OUTPUT).map(Path::of).orElseGet(() -> beside(old, migrated.get()));
    if (!write(file, migrated.get().text(), arguments.has(FORCE))) {
      return ExitStatus.INPUT;
    }
    summarise(file, migrated.get());
    return check(file, migrated.get());
  }

  private Set<String> installed(Kind kind) {
    return catalog.get().extensions().stream()
        .filter(info -> info.kind() == kind)
        .map(ExtensionInfo::name)
        .collect(Collectors.toSet());
  }

  /** {@code web.yml} becomes {@code web.trixie.yml}. */
  private static Path beside(Path old, MigratedManifest migrated) {
    String name = String.valueOf(old.getFileName());
    int dot = name.lastIndexOf('.');
    return old.resolveSibling(
        name.substring(0, dot) + "." + migrated.release().codename() + name.substring(dot));
  }

  private boolean write(Path file, String text, boolean force) {
    try {
      Files.writeString(
          file,
          text,
          force
              ? new OpenOption[0]
              : new OpenOption[] {StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW});
      return true;
    } catch (IOException e) {
      terminal
          .err()
          .println(
              style.error(
                  "Cannot write "
                      + FileProblem.describe(e)
                      + (Files.exists(file) && !force
                          ? ". Give --force to replace it, or --output=FILE"
                          : "")));
      return false;
    }
  }

  private void summarise(Path file, MigratedManifest migrated) {
    terminal
        .out()
        .println(
            style.strong(file.toString())
                + " is for Debian "
                + migrated.release().codename()
                + (migrated.changes().isEmpty() ? "; nothing had to change" : ""));
    list("Changed:", migrated.changes());
    list("Left as it is, but look at it:", migrated.hints());
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

  /** Plans the new manifest, as far as what it names is installed. */
  private int check(Path file, MigratedManifest migrated) {
    Planning planning = planner.get().plan(file);
    List<Problem> rest =
        planning.problems().stream()
            .filter(problem -> !migrated.missing().containsKey(problem.path()))
            .toList();
    new ProblemReport(terminal.err(), style).print(rest);
    terminal.out().println();
    if (rest.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR)) {
      terminal.out().println("It still has errors, which are for you to correct.");
      return ExitStatus.INPUT;
    }
    terminal
        .out()
        .println(
            migrated.missing().isEmpty()
                ? "It is valid and has a plan."
                : "It is valid as far as that can be told here, where these are not installed: "
                    + String.join(", ", migrated.missing().values()));
    return ExitStatus.DONE;
  }
}
