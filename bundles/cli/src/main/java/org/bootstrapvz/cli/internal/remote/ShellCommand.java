/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.remote;

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
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.arguments.Arguments;
import org.bootstrapvz.cli.internal.arguments.Syntax;

/**
 * The shell of the appliance on this machine. The appliance ends the output of a command with a NUL
 * and {@code 0}, or {@code 1} if the command failed.
 */
public final class ShellCommand {
  /** How it is called. */
  public static final Syntax SYNTAX =
      new Syntax(
          "shell",
          "[COMMAND]",
          0,
          Integer.MAX_VALUE,
          "Runs a command of the appliance on this machine, or asks for some",
          "For its operator: the Gogo shell of the running service, over a socket in the state"
              + " folder. \"help\" lists\nthe commands, \"help builds\" explains one; put one with"
              + " options into quotes: bootstrap-vz shell 'lb -s'.",
          List.of());

  private static final String PROMPT = "bootstrap-vz> ";

  private final Terminal terminal;
  private final Path socket;

  /**
   * The command.
   *
   * @param state the state folder of the appliance
   */
  public ShellCommand(Terminal terminal, Path state) {
    this.terminal = terminal;
    this.socket = state.resolve("shell");
  }

  /** Runs one command, or those that are typed until "exit". */
  public int run(Arguments arguments) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        OutputStream out = Channels.newOutputStream(channel);
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel))) {
      return arguments.operands().isEmpty()
          ? converse(out, in)
          : execute(String.join(" ", arguments.operands()), out, in);
    } catch (EOFException e) {
      terminal.err().println("bootstrap-vz: The appliance has stopped");
      return ExitStatus.FAILED;
    } catch (IOException e) {
      terminal
          .err()
          .println(
              "bootstrap-vz: The shell of the appliance cannot be reached at "
                  + socket
                  + ": "
                  + e.getMessage()
                  + ". It must run on this machine, and its user must be you: try sudo");
      return ExitStatus.FAILED;
    }
  }

  private int converse(OutputStream out, InputStream in) throws IOException {
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
        int ended = execute(line, out, in);
        // A person has seen what failed; a script learns it at its end.
        status = terminal.asks() ? ExitStatus.DONE : Math.max(status, ended);
      }
    }
  }

  private int execute(String line, OutputStream out, InputStream in) throws IOException {
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
