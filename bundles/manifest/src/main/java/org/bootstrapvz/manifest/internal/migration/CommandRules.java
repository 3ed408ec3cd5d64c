/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reports commands of a manifest that the current release does not have, or that now fail. */
final class CommandRules {
  static final List<MigrationRule> RULES =
      List.of(
          new MigrationRule(
              "Commands that Debian no longer has are reported, as names.csv says",
              "Only a person can decide what replaces a command",
              manifest ->
                  manifest
                      .list("plugins.commands.commands")
                      .ifPresent(list -> report(manifest, list, "plugins.commands.commands"))));

  private CommandRules() {}

  private static void report(ManifestEditor manifest, SequenceNode list, String path) {
    for (int i = 0; i < list.getValue().size(); i++) {
      Node item = list.getValue().get(i);
      String place = path + "." + i;
      if (item instanceof SequenceNode words) {
        report(manifest, words, place);
      } else if (item instanceof ScalarNode word) {
        for (String command : commands(word.getValue())) {
          manifest
              .renamed("command", command)
              .ifPresent(row -> manifest.hint(item, place, "runs " + command, row.reason()));
        }
      }
    }
  }

  /** The words of a text, which may be a shell command, without their directories. */
  private static Set<String> commands(String text) {
    Set<String> commands = new LinkedHashSet<>();
    for (String word : text.split("[\\s;&|()`'\"]+")) {
      commands.add(word.substring(word.lastIndexOf('/') + 1));
    }
    return commands;
  }
}
