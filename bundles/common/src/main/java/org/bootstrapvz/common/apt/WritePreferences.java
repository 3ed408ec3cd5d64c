/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bootstrapvz.api.packages.Preference;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Writes the pins into the image. */
@Component
@TaskDefinition(
    description = "Writing the preferences",
    phase = Phase.PACKAGE_INSTALLATION,
    collects = Preference.class)
public final class WritePreferences implements Task {
  @Override
  public void run(Build build) throws IOException {
    Map<String, StringBuilder> files = new LinkedHashMap<>();
    for (Preference preference : build.all(Preference.class)) {
      files
          .computeIfAbsent(preference.file(), file -> new StringBuilder())
          .append(preference.stanza())
          .append('\n');
    }
    for (var file : files.entrySet()) {
      String path =
          file.getKey().equals("main")
              ? "etc/apt/preferences"
              : "etc/apt/preferences.d/" + file.getKey();
      build.root().write(path, file.getValue().toString());
    }
  }
}
