/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.accounts;

import java.io.IOException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Creates the groups. */
@Component
@TaskDefinition(description = "Creating groups", phase = Phase.SYSTEM_MODIFICATION)
public final class CreateGroups implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    AccountFile existing = AccountFile.groups(build);
    for (ManifestValue group : AccountsPlugin.groups(build.manifest())) {
      existing.refuse(group.get("name"));
      Command groupadd = Command.of("groupadd");
      if (group.get("system").isTrue(false)) {
        groupadd = groupadd.with("--system");
      }
      if (group.get("gid").exists()) {
        groupadd = groupadd.with("--gid", group.get("gid").text());
      }
      build.root().run(groupadd.with(group.get("name").text()));
    }
  }
}
