/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.cloud_init;

import java.io.IOException;
import java.util.regex.Pattern;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Adds modules to the lists of cloud-init. The position counts the lines of a list, including its
 * name: 2 is before all others. A module that is already in the list is moved.
 */
@Component
@TaskDefinition(
    description = "Enabling modules of cloud-init",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = DisableModules.class)
public final class EnableModules implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    ModuleLists lists = new ModuleLists(build.root().read(ModuleLists.FILE));
    for (var list : build.manifest().at("plugins.cloud_init.enable_modules").entries().entrySet()) {
      for (ManifestValue entry : list.getValue().items()) {
        String module = entry.get("module").text();
        lists.remove(list.getKey(), Pattern.compile(Pattern.quote(module)));
        int place = Math.max(0, entry.get("position").integer() - 2);
        if (!lists.insert(list.getKey(), module, place)) {
          throw new BuildException(
              entry.location()
                  + ": "
                  + entry.path()
                  + ": /"
                  + ModuleLists.FILE
                  + " of the image has no list "
                  + list.getKey());
        }
      }
    }
    build.root().write(ModuleLists.FILE, lists.text());
  }
}
