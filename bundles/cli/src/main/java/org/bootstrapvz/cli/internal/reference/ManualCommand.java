/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.CommandTable;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Writes the manual pages, made from the models of all commands that are there. */
@Component
@CommandDefinition(
    name = "manual",
    summary = "Write the manual pages of all commands to a directory")
public final class ManualCommand implements Command {
  private final Supplier<CommandTable> commands;

  /** Called by the container. */
  @Activate
  public ManualCommand(@Reference List<ComponentServiceObjects<Command>> commands) {
    this(() -> CommandTable.of(commands));
  }

  /** A command that describes these commands. */
  public ManualCommand(Supplier<CommandTable> commands) {
    this.commands = commands;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().addPositional(Operands.path(0, "DIR", "The directory"));
    spec.usageMessage()
        .description("The distribution contains them in share/man; to read one, run: man -l FILE");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    Path directory = Operands.value(arguments, 0);
    try {
      Files.createDirectories(directory);
      for (Map.Entry<String, String> page :
          ManualPages.of(CommandReference.of(commands.get())).entrySet()) {
        Files.writeString(directory.resolve(page.getKey()), page.getValue());
      }
      return ExitStatus.DONE;
    } catch (IOException e) {
      terminal.err().println("bootstrap-vz: Cannot write " + FileProblem.describe(e));
      return ExitStatus.INPUT;
    }
  }
}
