/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The commands that are there, by category, order and name. Of two with one name, the first counts.
 */
public final class CommandTable {
  private final Map<String, CommandEntry> byName = new TreeMap<>();

  /** A table of these commands. */
  public CommandTable(Collection<CommandEntry> entries) {
    for (CommandEntry entry : entries) {
      byName.putIfAbsent(entry.name(), entry);
    }
  }

  /** All commands. */
  public List<CommandEntry> entries() {
    return byName.values().stream()
        .sorted(Comparator.comparing(CommandEntry::category).thenComparing(CommandEntry::order))
        .toList();
  }

  /** The command with this name. */
  public Optional<CommandEntry> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The names of all commands. */
  public List<String> names() {
    return entries().stream().map(CommandEntry::name).toList();
  }
}
