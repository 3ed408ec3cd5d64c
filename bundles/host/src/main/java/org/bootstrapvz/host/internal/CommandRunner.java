/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.CommandObserver;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;

/** Runs commands, each in its own session, so that Ctrl+C in the terminal does not reach it. */
final class CommandRunner {
  /** How the tools of util-linux report that they could not execute a command. */
  private static final Pattern NOT_STARTED =
      Pattern.compile("(?:setsid|nsenter|unshare): failed to execute (.*): (.*)", Pattern.DOTALL);

  private static final File NOTHING = new File("/dev/null");

  private final CommandObserver observer;
  private final Object oneObservation = new Object();

  CommandRunner(CommandObserver observer) {
    this.observer = observer;
  }

  /**
   * Runs a command.
   *
   * @param command the command as shown to users, with its input, its listener, and the statuses it
   *     accepts
   * @param arguments the command line that is executed
   * @param environment the complete environment
   */
  CommandResult run(Command command, List<String> arguments, Map<String, String> environment)
      throws BuildException {
    if (Thread.interrupted()) {
      throw new BuildCancelledException();
    }
    OneAtATime ordered = new OneAtATime();
    ordered.started(command);
    long start = System.nanoTime();
    Process process = start(command, arguments, environment);
    CommandOutput output = new CommandOutput(process, command.listener(), ordered);
    try {
      output.start();
      command.input().ifPresent(input -> feed(process, input));
      int status = process.waitFor();
      output.finish();
      if (!command.accepted().contains(status)) {
        throw failure(command, environment, status, output);
      }
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      return output
          .lines()
          .map(lines -> new CommandResult(status, lines, duration))
          .orElseGet(() -> CommandResult.withoutOutput(command, status, duration));
    } catch (InterruptedException e) {
      ProcessTree.killSession(process);
      output.close();
      throw new BuildCancelledException();
    }
  }

  /** The observer, for the threads of several commands. */
  private final class OneAtATime implements CommandObserver {
    @Override
    public void started(Command command) {
      synchronized (oneObservation) {
        observer.started(command);
      }
    }

    @Override
    public void line(String line) {
      synchronized (oneObservation) {
        observer.line(line);
      }
    }

    @Override
    public int separable(String text) {
      synchronized (oneObservation) {
        return observer.separable(text);
      }
    }
  }

  private static Process start(
      Command command, List<String> arguments, Map<String, String> environment)
      throws CommandException {
    List<String> all = new ArrayList<>();
    all.add("setsid");
    all.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(all).directory(new File("/"));
    builder.environment().clear();
    builder.environment().putAll(environment);
    if (command.input().isEmpty()) {
      builder.redirectInput(NOTHING);
    }
    try {
      return builder.start();
    } catch (IOException e) {
      throw new CommandException(command.toString(), -1, List.of(e.getMessage()));
    }
  }

  /** On a separate thread, because a command may write output before it reads its input. */
  private static void feed(Process process, Secret input) {
    Thread thread =
        new Thread(
            () -> {
              try (OutputStream stream = process.getOutputStream()) {
                stream.write(input.reveal().getBytes(StandardCharsets.UTF_8));
              } catch (IOException e) {
                // The command did not read all of its input; its exit status says whether that is
                // an error.
              }
            },
            "command input");
    thread.setDaemon(true);
    thread.start();
  }

  private static CommandException failure(
      Command command, Map<String, String> environment, int status, CommandOutput output) {
    Matcher notStarted = output.lastError(NOT_STARTED);
    if ((status == 126 || status == 127) && notStarted.matches()) {
      String name = notStarted.group(1);
      String reason =
          status == 126
              ? name + ": " + notStarted.group(2)
              : name.contains("/")
                  ? "There is no file " + name + ", or the interpreter it asks for is missing"
                  : "There is no command " + name + " in " + environment.get("PATH");
      return new CommandException(command.toString(), -1, List.of(reason));
    }
    return new CommandException(command.toString(), status, output.tail());
  }
}
