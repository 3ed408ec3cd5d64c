/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bootstrapvz.cli.Command;
import org.osgi.service.component.ComponentServiceObjects;

/**
 * The commands that are there, by category, order and name. Of two with one name, the first counts.
 */
public final class CommandTable {
  private final List<CommandEntry> entries;

  /** A table of these commands. */
  public CommandTable(Collection<CommandEntry> entries) {
    TreeMap<String, CommandEntry> byName = new TreeMap<>();
    entries.forEach(entry -> byName.putIfAbsent(entry.name(), entry));
    this.entries =
        byName.values().stream()
            .sorted(Comparator.comparing(CommandEntry::category).thenComparing(CommandEntry::order))
            .toList();
  }

  /** A table of the commands that are registered as services. */
  public static CommandTable of(List<ComponentServiceObjects<Command>> services) {
    return new CommandTable(
        services.stream()
            .map(
                service ->
                    CommandEntry.of(
                        service.getServiceReference().getProperties(), service::getService))
            .toList());
  }

  /** All commands. */
  public List<CommandEntry> entries() {
    return entries;
  }

  /** The command with this name. */
  public Optional<CommandEntry> find(String name) {
    for (CommandEntry entry : entries) {
      if (entry.name().equals(name)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /** The names of all commands. */
  public List<String> names() {
    return entries.stream().map(CommandEntry::name).toList();
  }
}
