/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.units;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/** Installs units of systemd, and says which of them are started. */
@Component
@PluginDefinition(
    name = "units",
    description = "Installs units of systemd, and enables, disables and masks them")
public final class UnitsPlugin implements Plugin {
  @Override
  public void check(Manifest manifest, Problems problems) {
    Set<String> files = new HashSet<>();
    for (UnitFile file : UnitFile.of(manifest)) {
      ManifestValue source = file.source();
      ManifestValue content = file.content();
      if (source.exists() && content.exists()) {
        problems.error(content, "The file has a src, too", "Remove one of src and content");
      } else if (!source.exists() && !content.exists()) {
        problems.error(
            file.entry(),
            "The key `src` is missing",
            "Add it, or write the text of the file as the value of content");
      } else if (content.exists()) {
        UnitFile.problem(content.text())
            .ifPresent(problem -> problems.error(content, problem, UnitFile.ADVICE));
      }
      if (!files.add(file.path())) {
        problems.error(
            file.entry(), "There are two files /" + file.path(), "Rename or remove one of them");
      }
    }
    ManifestValue settings = manifest.at("plugins.units");
    refuseBoth(settings, "disable", problems);
    refuseBoth(settings, "mask", problems);
  }

  private static void refuseBoth(ManifestValue settings, String key, Problems problems) {
    List<String> enabled = settings.get("enable").texts();
    for (ManifestValue unit : settings.get(key).items()) {
      if (enabled.contains(unit.text())) {
        problems.error(
            unit,
            "The unit " + unit.text() + " is in enable, too",
            "Remove it from one of the two lists");
      }
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    List<UnitFile> files = UnitFile.of(manifest);
    if (files.stream().anyMatch(file -> file.source().exists())) {
      tasks.add(CheckUnitFiles.class);
    }
    if (!files.isEmpty()) {
      tasks.add(WriteUnits.class);
    }
    ManifestValue settings = manifest.at("plugins.units");
    if (List.of("enable", "disable", "mask", "default_target").stream()
        .anyMatch(key -> settings.get(key).exists())) {
      tasks.add(EnableUnits.class);
    }
  }
}
