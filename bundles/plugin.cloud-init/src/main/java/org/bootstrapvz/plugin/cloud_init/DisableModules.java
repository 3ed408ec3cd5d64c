/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.cloud_init;

import java.io.IOException;
import java.util.regex.Pattern;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Removes modules from the lists of cloud-init. */
@Component
@TaskDefinition(description = "Disabling modules of cloud-init", phase = Phase.SYSTEM_MODIFICATION)
public final class DisableModules implements Task {
  @Override
  public void run(Build build) throws IOException {
    ModuleLists lists = new ModuleLists(build.root().read(ModuleLists.FILE));
    for (String module : build.manifest().at("plugins.cloud_init.disable_modules").texts()) {
      if (!lists.remove("", Pattern.compile(module))) {
        build.warn("cloud-init has no module " + module + " that could be disabled");
      }
    }
    build.root().write(ModuleLists.FILE, lists.text());
  }
}
