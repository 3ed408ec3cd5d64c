/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.volume;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.host.Sandbox;

/** Runs nothing, answers what it was told and remembers what it was asked. */
public final class RecordingSandbox implements Sandbox {
  private final List<String> commands = new ArrayList<>();
  private final Map<String, CommandResult> answers = new LinkedHashMap<>();

  /** What was run. */
  public List<String> commands() {
    return commands;
  }

  /** Answers a command of that name from now on. */
  public RecordingSandbox answering(String name, int status, String line) {
    answers.put(name, new CommandResult(status, List.of(line), Duration.ZERO));
    return this;
  }

  @Override
  public CommandResult run(Command command) throws CommandException {
    commands.add(command.toString());
    CommandResult answer =
        answers.getOrDefault(
            command.arguments().get(0), new CommandResult(0, List.of(), Duration.ZERO));
    if (!command.accepted().contains(answer.status())) {
      throw new CommandException(command.toString(), answer.status(), answer.output());
    }
    return answer;
  }

  @Override
  public Path outside(Path path) {
    return path;
  }

  @Override
  public Root root(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    commands.add("close");
  }
}
