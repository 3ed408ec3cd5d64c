/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.reference;

import java.util.List;
import java.util.function.Supplier;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.model.CommandTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Prints a completion script, made from the models of all commands that are there. */
public final class CompletionCommand implements Command {
  /** As the list of commands shows it. */
  public static final String SUMMARY = "Print the completion script for bash or zsh";

  private final Supplier<CommandTable> commands;

  /** A command that describes these commands. */
  public CompletionCommand(Supplier<CommandTable> commands) {
    this.commands = commands;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .addPositional(Operands.choice(0, "SHELL", List.of("bash", "zsh"), "bash or zsh"));
    spec.usageMessage()
        .description(
            "The Debian package installs both scripts. Otherwise:",
            "bash:  source <(bootstrap-vz completion bash)",
            "zsh:   bootstrap-vz completion zsh >DIR/_bootstrap-vz, where DIR is in $fpath");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    CommandReference reference = CommandReference.of(commands.get());
    String shell = Operands.value(arguments, 0);
    terminal
        .out()
        .print(
            shell.equals("bash")
                ? BashCompletion.script(reference)
                : ZshCompletion.script(reference));
    return ExitStatus.DONE;
  }
}
