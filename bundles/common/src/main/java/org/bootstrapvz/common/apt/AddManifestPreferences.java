/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.packages.Preference;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Adds the pins of {@code packages.preferences}. */
@Component
@TaskDefinition(
    description = "Adding preferences from the manifest",
    phase = Phase.PREPARATION,
    provides = Preference.class)
public final class AddManifestPreferences implements Task {
  @Override
  public void run(Build build) {
    for (var file : build.manifest().at("packages.preferences").entries().entrySet()) {
      String name = build.manifest().expand(file.getKey());
      for (ManifestValue pin : file.getValue().items()) {
        build.provide(
            Preference.class,
            new Preference(
                name,
                pin.get("package").text(),
                pin.get("pin").text(),
                pin.get("pin-priority").integer()));
      }
    }
  }
}
