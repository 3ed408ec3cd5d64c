/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.Terminal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Creates a project of one kind. */
final class CreateProject implements Command {
  static final String GROUP = "--group";
  static final String DIR = "--dir";

  private final Kind kind;
  private final Supplier<ExtensionCatalog> catalog;
  private final Path home;

  CreateProject(Kind kind, Supplier<ExtensionCatalog> catalog, Path home) {
    this.kind = kind;
    this.catalog = catalog;
    this.home = home;
  }

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addPositional(
            Operands.text(
                0, "NAME", "The name that manifests use, in small letters, such as my_note"));
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    ProjectName name =
        new ProjectName(
            kind,
            Operands.value(arguments, 0),
            Options.<String>value(arguments, GROUP).orElse("org.example"));
    Optional<String> error = name.error().or(() -> taken(name));
    if (error.isPresent()) {
      throw new ParameterException(arguments.commandSpec().commandLine(), error.get());
    }
    Path directory =
        Options.<Path>value(arguments, DIR).orElseGet(() -> Path.of(kind + "." + name.name()));
    try {
      if (!isFree(directory)) {
        terminal
            .err()
            .println(
                "bootstrap-vz: The directory "
                    + directory
                    + " is not empty; choose another with --dir");
        return ExitStatus.INPUT;
      }
      Project.write(name, directory, home);
    } catch (IOException e) {
      terminal.err().println("bootstrap-vz: Cannot write " + FileProblem.describe(e));
      return ExitStatus.INPUT;
    }
    terminal.out().println("Created " + directory + ". Next steps:");
    terminal.out().println("  cd " + directory + " && mvn verify");
    terminal
        .out()
        .println("  cp target/" + kind + "." + name.name() + "-*.jar " + home + "/deploy/");
    return ExitStatus.DONE;
  }

  private Optional<String> taken(ProjectName name) {
    return catalog.get().extensions().stream()
        .filter(each -> each.kind() == kind.installed() && each.name().equals(name.name()))
        .map(ExtensionInfo::bundle)
        .findFirst()
        .map(bundle -> "A " + kind + " named " + name.name() + " is already installed: " + bundle);
  }

  private static boolean isFree(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return true;
    }
    try (Stream<Path> content = Files.list(directory)) {
      return content.findAny().isEmpty();
    }
  }
}
