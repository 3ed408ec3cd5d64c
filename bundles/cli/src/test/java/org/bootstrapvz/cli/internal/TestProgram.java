/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.model.CommandEntry;
import org.bootstrapvz.cli.internal.model.CommandTable;

/** Runs commands as the program does, so that tests see what a user sees. */
public final class TestProgram {
  private final Map<String, Command> commands = new TreeMap<>();

  /** Adds a command. */
  public TestProgram with(String name, Command command) {
    commands.put(name, command);
    return this;
  }

  /** The commands as the program finds them. */
  public CommandTable table() {
    return new CommandTable(
        commands.entrySet().stream()
            .map(
                each ->
                    new CommandEntry(
                        each.getKey(),
                        "Test " + each.getKey(),
                        CommandCategory.OTHER,
                        1,
                        each::getValue))
            .toList());
  }

  /** Runs what the words ask for and returns the exit status. */
  public int run(Terminal terminal, String... words) {
    return new Program(table(), terminal).run(List.of(words));
  }
}
