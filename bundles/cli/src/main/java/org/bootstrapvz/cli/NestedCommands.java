/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The commands that are parts of a command, such as {@code create} of {@code token create}. */
public final class NestedCommands {
  private record Nested(String summary, Command command, List<String> aliases) {}

  private final Map<String, Nested> commands = new LinkedHashMap<>();

  /**
   * Adds a command.
   *
   * @param summary what it does, as in {@link CommandDefinition#summary}
   * @param aliases other names, which the help shows beside the first
   * @return this
   */
  public NestedCommands add(String name, String summary, Command command, String... aliases) {
    commands.put(name, new Nested(summary, command, List.of(aliases)));
    return this;
  }

  /** Adds all to the model of the command that they are part of. */
  public CommandSpec addTo(CommandSpec spec) {
    commands.forEach(
        (name, nested) -> {
          CommandSpec part = nested.command().spec();
          part.usageMessage().description(Descriptions.of(nested.summary(), part));
          part.aliases(nested.aliases().toArray(String[]::new));
          spec.addSubcommand(name, new CommandLine(part));
        });
    return spec;
  }

  /**
   * Runs the command that the user typed.
   *
   * @throws ParameterException if the user typed none
   */
  public int run(ParseResult arguments, Terminal terminal) {
    if (!arguments.hasSubcommand()) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(), "Missing command: " + choices());
    }
    ParseResult part = arguments.subcommand();
    Nested nested =
        Objects.requireNonNull(
            commands.get(part.commandSpec().name()), "Only commands that were added are parsed");
    return nested.command().run(part, terminal);
  }

  private String choices() {
    List<String> names = List.copyOf(commands.keySet());
    return names.size() == 1
        ? names.get(0)
        : String.join(", ", names.subList(0, names.size() - 1))
            + " or "
            + names.get(names.size() - 1);
  }
}
