/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;

/**
 * Records commands and answers them as scripted by the test. By default every other command
 * succeeds and prints nothing; on request, it is executed on this machine.
 */
public class TestSandbox implements Sandbox {
  /** The output and the effect of a command. */
  @FunctionalInterface
  public interface Answer {
    /** Returns the result; its status is checked against the statuses that the command accepts. */
    CommandResult to(Command command) throws BuildException, IOException;
  }

  /** Receives a command, as a line, before it is answered. */
  @FunctionalInterface
  interface Witness {
    void see(String command) throws BuildException;
  }

  private record Rule(Predicate<Command> which, Answer answer) {}

  private final List<Rule> rules = new ArrayList<>();
  private final List<Command> commands = new ArrayList<>();
  private final List<Command> imageCommands = new ArrayList<>();
  private Answer otherwise = command -> result(0);
  private Witness witness = command -> {};
  private boolean closed;

  /** A result with these lines of output. */
  public static CommandResult result(int status, String... output) {
    return new CommandResult(status, List.of(output), Duration.ZERO);
  }

  /**
   * Makes commands succeed with this output.
   *
   * @param start the first words of the command line, separated by spaces: {@code lvs --noheadings}
   */
  public final TestSandbox answering(String start, String... output) {
    return answering(starting(start), command -> result(0, output));
  }

  /** Makes commands that start with these words end with a status and this output. */
  public final TestSandbox failing(String start, int status, String... output) {
    return answering(starting(start), command -> result(status, output));
  }

  /** Scripts the answer to commands; of several matching answers, the last one given is used. */
  public final synchronized TestSandbox answering(Predicate<Command> which, Answer answer) {
    rules.add(0, new Rule(which, answer));
    return this;
  }

  /** Executes host commands that have no answer on this machine. */
  public final TestSandbox running() {
    return running(List.of());
  }

  /** Executes them with these words in front of each command. */
  protected final synchronized TestSandbox running(List<String> prefix) {
    otherwise = command -> execute(prefix, command);
    return this;
  }

  private static Predicate<Command> starting(String start) {
    List<String> words = List.of(start.split(" "));
    return command ->
        command.arguments().size() >= words.size()
            && command.arguments().subList(0, words.size()).equals(words);
  }

  /** Returns the commands of the host so far. */
  public final synchronized List<Command> commands() {
    return List.copyOf(commands);
  }

  /** Returns the commands of the host so far as command lines. */
  public final List<String> commandLines() {
    return commands().stream().map(Command::toString).toList();
  }

  /** Returns the commands in a root so far. */
  public final synchronized List<Command> imageCommands() {
    return List.copyOf(imageCommands);
  }

  /** Returns the commands in a root so far as command lines. */
  public final List<String> imageCommandLines() {
    return imageCommands().stream().map(Command::toString).toList();
  }

  /** Returns whether it was closed. */
  public final boolean isClosed() {
    return closed;
  }

  @Override
  public CommandResult run(Command command) throws BuildException {
    synchronized (this) {
      commands.add(command);
    }
    return answer(command, otherwise);
  }

  void beforeEach(Witness other) {
    witness = other;
  }

  private CommandResult runInImage(Command command) throws BuildException {
    synchronized (this) {
      imageCommands.add(command);
    }
    return answer(command, each -> result(0));
  }

  private CommandResult answer(Command command, Answer ifNone) throws BuildException {
    if (Thread.interrupted()) {
      throw new BuildCancelledException();
    }
    witness.see(command.toString());
    Answer answer;
    synchronized (this) {
      answer =
          rules.stream()
              .filter(rule -> rule.which().test(command))
              .map(Rule::answer)
              .findFirst()
              .orElse(ifNone);
    }
    CommandResult result;
    try {
      result = answer.to(command);
    } catch (IOException e) {
      throw new CommandException(command.toString(), -1, List.of(String.valueOf(e.getMessage())));
    }
    List<String> output =
        result.output().stream().filter(line -> !command.listener().test(line)).toList();
    if (!command.accepted().contains(result.status())) {
      throw new CommandException(command.toString(), result.status(), output);
    }
    return new CommandResult(result.status(), output, result.duration());
  }

  /** Standard output and error are combined, as in a log. */
  private static CommandResult execute(List<String> prefix, Command command)
      throws BuildException, IOException {
    List<String> words = new ArrayList<>(prefix);
    words.addAll(command.arguments());
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    command.directory().ifPresent(folder -> builder.directory(folder.toFile()));
    builder.environment().put("PATH", System.getenv("PATH") + ":/usr/sbin:/sbin");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(command.environment());
    Process process = builder.start();
    try (OutputStream input = process.getOutputStream()) {
      if (command.input().isPresent()) {
        input.write(command.input().get().reveal().getBytes(StandardCharsets.UTF_8));
      }
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new CommandResult(process.waitFor(), output.lines().toList(), Duration.ZERO);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new BuildCancelledException();
    }
  }

  @Override
  public Path outside(Path path) {
    return path;
  }

  @Override
  public TestRoot root(Path path) {
    return new TestRoot(path, outside(path), this::runInImage);
  }

  @Override
  public void close() {
    closed = true;
  }
}
