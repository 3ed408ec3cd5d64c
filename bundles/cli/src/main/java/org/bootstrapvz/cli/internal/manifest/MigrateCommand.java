/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.manifest;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
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
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.ProblemReport;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Writes a manifest for the current release next to one for an earlier release. */
@Component
@CommandDefinition(
    name = "migrate",
    summary = "Rewrite a manifest for the current release of Debian",
    category = CommandCategory.MANIFESTS,
    order = 2)
public final class MigrateCommand implements Command {
  private final Supplier<ManifestMigration> migration;
  private final Supplier<ExtensionCatalog> catalog;
  private final Supplier<Planner> planner;

  /** Called by the container. */
  @Activate
  public MigrateCommand(
      @Reference ComponentServiceObjects<ManifestMigration> migrations,
      @Reference ComponentServiceObjects<ExtensionCatalog> catalogs,
      @Reference ComponentServiceObjects<Planner> planners) {
    this(migrations::getService, catalogs::getService, planners::getService);
  }

  /** A command that uses these services. */
  public static MigrateCommand of(
      Supplier<ManifestMigration> migration,
      Supplier<ExtensionCatalog> catalog,
      Supplier<Planner> planner) {
    return new MigrateCommand(migration, catalog, planner);
  }

  private MigrateCommand(
      Supplier<ManifestMigration> migration,
      Supplier<ExtensionCatalog> catalog,
      Supplier<Planner> planner) {
    this.migration = migration;
    this.catalog = catalog;
    this.planner = planner;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .addPositional(
                Operands.path(0, "MANIFEST", "The manifest to rewrite; it stays unchanged"))
            .addOption(
                Options.path(
                    "--output", "FILE", "Write to this file (default: MANIFEST.RELEASE.yml)"))
            .addOption(Options.flag("--force", "Replace the output file if it exists"));
    spec.usageMessage()
        .description("Comments and formatting are kept; a comment explains each change.");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    Path old = Operands.value(arguments, 0);
    List<Problem> problems = new ArrayList<>();
    Optional<MigratedManifest> migrated =
        migration
            .get()
            .migrate(old, installed(Kind.PROVIDER), installed(Kind.PLUGIN), problems::add);
    new ProblemReport(terminal).print(problems);
    Style style = Style.of(Style.Mode.AUTO, terminal);
    if (migrated.isEmpty()) {
      terminal.err().println(style.error(old + " was not migrated"));
      return ExitStatus.INPUT;
    }
    Path file =
        Options.<Path>value(arguments, "--output").orElseGet(() -> nextTo(old, migrated.get()));
    try {
      write(file, migrated.get().text(), Options.has(arguments, "--force"));
    } catch (IOException e) {
      terminal.err().println(style.error("Cannot write " + FileProblem.describe(e) + remedy(e)));
      return ExitStatus.INPUT;
    }
    new MigrationReport(terminal).print(file, migrated.get());
    return check(file, migrated.get(), terminal);
  }

  private Set<String> installed(Kind kind) {
    return catalog.get().extensions().stream()
        .filter(info -> info.kind() == kind)
        .map(ExtensionInfo::name)
        .collect(Collectors.toSet());
  }

  /** {@code web.yml} becomes {@code web.trixie.yml}. */
  private static Path nextTo(Path old, MigratedManifest migrated) {
    String name = String.valueOf(old.getFileName());
    int dot = name.lastIndexOf('.');
    return old.resolveSibling(
        name.substring(0, dot) + "." + migrated.release().codename() + name.substring(dot));
  }

  private static void write(Path file, String text, boolean force) throws IOException {
    if (force) {
      Files.writeString(file, text);
    } else {
      Files.writeString(file, text, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }
  }

  private static String remedy(IOException e) {
    return e instanceof FileAlreadyExistsException
        ? ". Use --force to replace it, or --output=FILE"
        : "";
  }

  /** Plans the new manifest, as far as what it names is installed. */
  private int check(Path file, MigratedManifest migrated, Terminal terminal) {
    Planning planning = planner.get().plan(file);
    List<Problem> rest =
        planning.problems().stream()
            .filter(problem -> !migrated.missing().containsKey(problem.path()))
            .toList();
    new ProblemReport(terminal).print(rest);
    terminal.out().println();
    if (rest.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR)) {
      terminal.out().println("The new manifest still has errors; please correct them.");
      return ExitStatus.INPUT;
    }
    terminal
        .out()
        .println(
            migrated.missing().isEmpty()
                ? "The new manifest is valid."
                : "No errors found. Not checked, because it is not installed: "
                    + String.join(", ", migrated.missing().values()));
    return ExitStatus.DONE;
  }
}
