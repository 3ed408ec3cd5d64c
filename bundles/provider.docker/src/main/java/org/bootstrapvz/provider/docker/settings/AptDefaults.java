/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.settings;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AptSetting;
import org.bootstrapvz.common.apt.PurgeUnusedPackages;
import org.bootstrapvz.common.apt.WriteConfiguration;
import org.osgi.service.component.annotations.Component;

/**
 * Sets apt's defaults for images that are based on this one, in the files that Debian's own
 * container images have for it: Dockerfiles delete some of these files by name. What the manifest,
 * a plugin or a package has already set, in whatever file, is left as it is.
 */
@Component
@TaskDefinition(
    description = "Setting apt's defaults for images based on this one",
    phase = Phase.SYSTEM_CLEANING,
    successors = PurgeUnusedPackages.class,
    requires = Root.class)
public final class AptDefaults implements Task {
  @Override
  public void run(Build build) throws IOException {
    Root root = build.root();
    for (var each : settings().entrySet()) {
      AptSetting setting = each.getValue();
      if (root.exists(WriteConfiguration.FOLDER + "/" + each.getKey())
          || setting.isDecidedIn(root)) {
        build.log("The image already has settings for " + setting.options().get(0));
      } else {
        setting.write(root, each.getKey());
      }
    }
  }

  private static Map<String, AptSetting> settings() {
    return new TreeMap<>(
        Map.of(
            "docker-clean",
            AptSetting.clean(),
            "docker-gzip-indexes",
            AptSetting.gzipIndexes(),
            "docker-no-languages",
            AptSetting.languages(List.of("none")),
            "docker-autoremove-suggests",
            AptSetting.autoremoveSuggests()));
  }
}
