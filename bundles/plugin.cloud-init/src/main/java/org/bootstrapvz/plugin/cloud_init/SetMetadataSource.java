/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.cloud_init;

import java.io.IOException;
import java.util.List;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AptUpdate;
import org.bootstrapvz.common.locale.GenerateLocale;
import org.osgi.service.component.annotations.Component;

/** Configures the data sources of cloud-init. */
@Component
@TaskDefinition(
    description = "Setting the metadata sources",
    phase = Phase.PACKAGE_INSTALLATION,
    predecessors = GenerateLocale.class,
    successors = AptUpdate.class)
public final class SetMetadataSource implements Task {
  @Override
  public void run(Build build) throws IOException {
    List<String> sources = sources(build.manifest().at("plugins.cloud_init.metadata_sources"));
    // This name sorts after Debian's 90_dpkg.cfg.
    build
        .root()
        .write(
            "etc/cloud/cloud.cfg.d/91_metadata_sources.cfg",
            "datasource_list: [" + String.join(", ", sources) + "]\n");
  }

  static List<String> sources(ManifestValue setting) {
    return setting.exists() ? List.of(setting.text().trim().split("\\s*,\\s*")) : List.of();
  }
}
