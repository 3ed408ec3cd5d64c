/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.model.CommandTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Writes the manual pages, made from the models of all commands that are there. */
public final class ManualCommand implements Command {
  /** As the list of commands shows it. */
  public static final String SUMMARY = "Write the manual pages of all commands to a directory";

  private final Supplier<CommandTable> commands;

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
