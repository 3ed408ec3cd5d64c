/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.cloud_init;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Adds the default user to more groups than Debian's defaults. */
@Component
@TaskDefinition(
    description = "Setting the groups of the default user",
    phase = Phase.SYSTEM_MODIFICATION)
public final class SetGroups implements Task {
  /** A list in a later file replaces that of cloud.cfg, so Debian's own groups are repeated. */
  private static final List<String> DEBIAN =
      List.of("adm", "audio", "cdrom", "dialout", "dip", "floppy", "netdev", "plugdev", "video");

  @Override
  public void run(Build build) throws IOException {
    Set<String> groups = new LinkedHashSet<>(DEBIAN);
    groups.addAll(build.manifest().at("plugins.cloud_init.groups").texts());
    build
        .root()
        .write(
            "etc/cloud/cloud.cfg.d/91_groups.cfg",
            "system_info:\n  default_user:\n    groups: [" + String.join(", ", groups) + "]\n");
  }
}
