/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.manifest.ManifestMigration;
import org.bootstrapvz.api.manifest.ManifestSchema;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.arguments.Arguments;
import org.bootstrapvz.cli.internal.arguments.CommandLine;
import org.bootstrapvz.cli.internal.arguments.Syntax;
import org.bootstrapvz.cli.internal.arguments.UsageException;
import org.bootstrapvz.cli.internal.boot.BootCommand;
import org.bootstrapvz.cli.internal.project.NewCommand;
import org.bootstrapvz.cli.internal.remote.ApplianceCommands;
import org.bootstrapvz.cli.internal.remote.ShellCommand;

/** Reads the arguments and runs the command they name. */
final class Program {
  /** Run by the appliance's own bundles, which the start script loads for it. */
  private static final Syntax SERVE =
      new Syntax(
          "serve",
          "",
          0,
          0,
          "Serves a queue of builds over HTTP until it is stopped",
          "How is said in conf/org.bootstrapvz.appliance.*.cfg.",
          List.of());

  private static final CommandLine COMMANDS =
      new CommandLine(
          Stream.concat(
                  Stream.of(
                      BuildCommand.SYNTAX,
                      PlanCommand.SYNTAX,
                      ExplainCommand.SYNTAX,
                      ValidateCommand.SYNTAX,
                      PluginsCommand.SYNTAX,
                      NewCommand.SYNTAX,
                      SchemaCommand.SYNTAX,
                      BootCommand.SYNTAX,
                      MigrateCommand.SYNTAX,
                      SERVE,
                      ShellCommand.SYNTAX),
                  ApplianceCommands.syntaxes().stream())
              .toList());

  private static final Path APPLIANCE =
      Path.of(System.getProperty("bootstrapvz.state", "/var/lib/bootstrap-vz"), "appliance");

  private final Supplier<Planner> planner;
  private final Supplier<Builder> builder;
  private final Supplier<ExtensionCatalog> catalog;
  private final Supplier<PluginRepository> repository;
  private final Supplier<ManifestMigration> migration;
  private final Supplier<ManifestSchema> schema;
  private final Terminal terminal;
  private final String logFolder;

  Program(
      Supplier<Planner> planner,
      Supplier<Builder> builder,
      Supplier<ExtensionCatalog> catalog,
      Supplier<PluginRepository> repository,
      Supplier<ManifestMigration> migration,
      Supplier<ManifestSchema> schema,
      Terminal terminal,
      String logFolder) {
    this.planner = planner;
    this.builder = builder;
    this.catalog = catalog;
    this.repository = repository;
    this.migration = migration;
    this.schema = schema;
    this.terminal = terminal;
    this.logFolder = logFolder;
  }

  /** Does what the arguments ask for and returns the exit status. */
  int run(List<String> words) {
    try {
      CommandLine.Request request = COMMANDS.parse(words);
      if (request instanceof CommandLine.Run run) {
        return run(run.syntax(), run.arguments());
      }
      if (request instanceof CommandLine.Help help) {
        terminal.out().print(help.syntax().map(Syntax::help).orElseGet(COMMANDS::help));
      } else {
        terminal.out().println("bootstrap-vz " + version());
      }
      return ExitStatus.DONE;
    } catch (UsageException e) {
      terminal.err().println("bootstrap-vz: " + e.getMessage());
      terminal
          .err()
          .println(
              e.syntax()
                  .map(
                      syntax ->
                          "Usage: "
                              + syntax.usage()
                              + "\nSee: bootstrap-vz help "
                              + syntax.command())
                  .orElse("See: bootstrap-vz --help"));
      return ExitStatus.USAGE;
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  private int run(Syntax syntax, Arguments arguments) throws UsageException {
    return switch (syntax.command()) {
      case "build" -> new BuildCommand(builder, terminal, logFolder).run(arguments);
      case "plan" -> new PlanCommand(planner, terminal).run(arguments);
      case "explain" -> new ExplainCommand(planner, terminal).run(arguments);
      case "schema" -> new SchemaCommand(schema, terminal).run();
      case "validate" -> new ValidateCommand(planner, terminal).run(arguments);
      case "plugins" -> new PluginsCommand(catalog, repository, terminal).run(arguments);
      case "new" ->
          new NewCommand(catalog, terminal, Path.of(System.getProperty("bootstrapvz.home", ".")))
              .run(arguments);
      case "migrate" -> new MigrateCommand(migration, catalog, planner, terminal).run(arguments);
      case "boot" -> new BootCommand(terminal).run(arguments);
      case "serve" ->
          throw UsageException.of(SERVE, "The appliance is started by bin/bootstrap-vz");
      case "shell" -> new ShellCommand(terminal, APPLIANCE).run(arguments);
      default -> new ApplianceCommands(terminal, APPLIANCE).run(syntax, arguments);
    };
  }

  /** From the manifest of the bundle, which is where its class loader looks first. */
  private static String version() {
    try (InputStream in = Program.class.getResourceAsStream("/META-INF/MANIFEST.MF")) {
      return new Manifest(in).getMainAttributes().getValue("Bundle-Version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
