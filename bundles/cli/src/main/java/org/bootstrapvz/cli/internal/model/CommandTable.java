/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

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
