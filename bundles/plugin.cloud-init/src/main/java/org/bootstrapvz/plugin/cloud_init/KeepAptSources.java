/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.cloud_init;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Prevents cloud-init from replacing the sources, and lets it manage the machine's name in hosts.
 */
@Component
@TaskDefinition(
    description = "Protecting the APT sources from cloud-init",
    phase = Phase.SYSTEM_MODIFICATION)
public final class KeepAptSources implements Task {
  @Override
  public void run(Build build) throws IOException {
    build
        .root()
        .write(
            "etc/cloud/cloud.cfg.d/01_debian_cloud.cfg",
            "apt:\n  preserve_sources_list: true\nmanage_etc_hosts: true\n");
  }
}
