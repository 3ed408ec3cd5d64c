/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.util.List;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.model.CommandTable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** Reads the arguments and runs the command they name. */
final class Program {
  private static final int MIN_COLUMNS = 60;
  private static final int MAX_COLUMNS = 100;

  private final CommandTable commands;
  private final Terminal terminal;

  Program(CommandTable commands, Terminal terminal) {
    this.commands = commands;
    this.terminal = terminal;
  }

  /** Does what the arguments ask for and returns the exit status. */
  int run(List<String> words) {
    try {
      return answer(new ArgumentParser(commands).parse(words));
    } catch (UsageException e) {
      terminal.err().println("bootstrap-vz: " + e.getMessage());
      terminal
          .err()
          .println(
              e.command()
                  .map(Program::usage)
                  .orElse("Run \"bootstrap-vz --help\" for all commands."));
      return ExitStatus.USAGE;
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  private int answer(Request request) throws UsageException {
    if (request instanceof Request.Run run) {
      try {
        return run.command().run(run.arguments(), terminal);
      } catch (ParameterException e) {
        throw UsageErrors.of(e);
      }
    }
    if (request instanceof Request.Help help) {
      terminal.out().print(help.command().map(this::help).orElseGet(() -> HelpPage.of(commands)));
    } else {
      terminal.out().println("bootstrap-vz " + ProgramVersion.get());
    }
    return ExitStatus.DONE;
  }

  private String help(CommandLine command) {
    width(command, Math.max(MIN_COLUMNS, Math.min(MAX_COLUMNS, terminal.columns())));
    return command.getUsageMessage(Ansi.OFF);
  }

  private static void width(CommandLine command, int columns) {
    command.getCommandSpec().usageMessage().width(columns);
  }

  private static String usage(CommandLine command) {
    CommandLine.Help help = new CommandLine.Help(command.getCommandSpec(), Ansi.OFF);
    String name = command.getCommandSpec().qualifiedName();
    return "Usage: "
        + help.abbreviatedSynopsis().strip()
        + "\nRun \""
        + name.replaceFirst(" ", " help ")
        + "\" for its options.";
  }
}
