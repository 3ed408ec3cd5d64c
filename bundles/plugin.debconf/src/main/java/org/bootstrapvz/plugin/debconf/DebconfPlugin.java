/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.debconf;

import java.util.Set;
import java.util.TreeSet;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/** Preseeds debconf questions of packages. */
@Component
@PluginDefinition(name = "debconf", description = "Preseeds debconf questions of packages")
public final class DebconfPlugin implements Plugin {
  static final String SETTINGS = "plugins.debconf";

  private static final Set<String> TYPES =
      Set.of(
          "string",
          "boolean",
          "select",
          "multiselect",
          "note",
          "text",
          "password",
          "title",
          "error",
          "seen");

  /** Answers may be passwords, so problems only name lines and questions. */
  @Override
  public void check(Manifest manifest, Problems problems) {
    ManifestValue settings = manifest.at(SETTINGS);
    String[] lines = settings.text().split("\n");
    int answers = 0;
    for (int i = 0; i < lines.length; i++) {
      int first = i + 1;
      StringBuilder line = new StringBuilder(lines[i]);
      while (line.length() > 0 && line.charAt(line.length() - 1) == '\\' && i + 1 < lines.length) {
        line.setLength(line.length() - 1);
        line.append(lines[++i]);
      }
      String text = line.toString().trim();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      answers++;
      String[] words = text.split("\\s+", 4);
      if (words.length < 3) {
        problems.error(
            settings,
            "Line " + first + " of the answers is too short",
            "Write package, question, type and answer, for example"
                + " \"tzdata tzdata/Areas select Europe\"");
      } else if (!TYPES.contains(words[2])) {
        problems.error(
            settings,
            "Line " + first + " of the answers, question " + words[1] + ", has an unknown type",
            Suggestion.nearest(words[2], TYPES)
                .map("Did you mean "::concat)
                .orElse("Types are " + String.join(", ", new TreeSet<>(TYPES))));
      }
    }
    if (answers == 0) {
      problems.error(
          settings,
          "There is no answer in it",
          "Write lines of package, question, type and answer, or remove the plugin debconf");
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(DebconfSetSelections.class);
  }
}
