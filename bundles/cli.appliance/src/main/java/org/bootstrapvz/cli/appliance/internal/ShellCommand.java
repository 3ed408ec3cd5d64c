/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Terminal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * The shell of the appliance on this host. The appliance ends the output of a command with a NUL
 * and {@code 0}, or {@code 1} if the command failed.
 */
@Component
@CommandDefinition(
    name = "shell",
    summary = "Run a shell command on the local appliance, or open an interactive shell",
    category = CommandCategory.APPLIANCE,
    order = 2)
public final class ShellCommand implements Command {
  private static final String PROMPT = "bootstrap-vz> ";

  private final Path socket;

  /** Called by the container. */
  @Activate
  public ShellCommand() {
    this(ApplianceCommand.stateOfHost());
  }

  /**
   * A command.
   *
   * @param state the state directory of the appliance
   */
  ShellCommand(Path state) {
    this.socket = state.resolve("shell");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .addPositional(
                Operands.texts(0, "COMMAND", "The command (default: open an interactive shell)"));
    spec.usageMessage()
        .description(
            "For the operator: the Gogo shell of the running service, over a socket in the state"
                + " directory.",
            "\"help\" lists the commands, \"help builds\" explains one. Quote a command that has"
                + " options: bootstrap-vz shell 'lb -s'.");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    List<String> words = Operands.values(arguments);
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        OutputStream out = Channels.newOutputStream(channel);
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel))) {
      return words.isEmpty()
          ? converse(terminal, out, in)
          : execute(terminal, String.join(" ", words), out, in);
    } catch (EOFException e) {
      terminal.err().println("bootstrap-vz: The appliance has stopped");
      return ExitStatus.FAILED;
    } catch (IOException e) {
      terminal
          .err()
          .println(
              "bootstrap-vz: Cannot connect to the shell of the appliance at "
                  + socket
                  + ": "
                  + e.getMessage()
                  + ". It must be running on this host as the same user; try sudo");
      return ExitStatus.FAILED;
    }
  }

  private static int converse(Terminal terminal, OutputStream out, InputStream in)
      throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    int status = ExitStatus.DONE;
    while (true) {
      if (terminal.asks()) {
        terminal.out().print(PROMPT);
        terminal.out().flush();
      }
      String line = lines.readLine();
      if (line == null || line.strip().equals("exit") || line.strip().equals("quit")) {
        return status;
      }
      if (!line.isBlank()) {
        int ended = execute(terminal, line, out, in);
        // The user has seen what failed; a script gets the status at its end.
        status = terminal.asks() ? ExitStatus.DONE : Math.max(status, ended);
      }
    }
  }

  private static int execute(Terminal terminal, String line, OutputStream out, InputStream in)
      throws IOException {
    out.write((line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
    for (int read = in.read(); read != 0; read = in.read()) {
      if (read < 0) {
        throw new EOFException();
      }
      terminal.out().write(read);
    }
    terminal.out().flush();
    return in.read() == '0' ? ExitStatus.DONE : ExitStatus.FAILED;
  }
}
