/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.model;

import java.util.Dictionary;
import java.util.function.Supplier;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;

/**
 * A command as the list of commands shows it.
 *
 * @param name the word that the user types
 * @param summary what it does
 * @param category the section of the help
 * @param order the place within the section
 * @param command fetches the command itself
 */
public record CommandEntry(
    String name, String summary, CommandCategory category, int order, Supplier<Command> command) {

  /** The entry of a service with the properties of {@link CommandDefinition}. */
  public static CommandEntry of(Dictionary<String, Object> properties, Supplier<Command> command) {
    return new CommandEntry(
        String.valueOf(properties.get(CommandDefinition.PREFIX_ + "name")),
        String.valueOf(properties.get(CommandDefinition.PREFIX_ + "summary")),
        category(properties.get(CommandDefinition.PREFIX_ + "category")),
        properties.get(CommandDefinition.PREFIX_ + "order") instanceof Integer order ? order : 1000,
        command);
  }

  private static CommandCategory category(Object name) {
    for (CommandCategory category : CommandCategory.values()) {
      if (category.name().equals(name)) {
        return category;
      }
    }
    return CommandCategory.OTHER;
  }
}
