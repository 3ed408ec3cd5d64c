/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.ansible;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Deletes what Ansible left in the home directory of the user that the variables name. */
@Component
@TaskDefinition(
    description = "Removing the files of Ansible of its user",
    phase = Phase.USER_MODIFICATION,
    predecessors = RunAnsiblePlaybook.class)
public final class RemoveAnsibleSSHUserDir implements Task {
  private static final int HOME = 5;

  @Override
  public void run(Build build) throws IOException {
    String user =
        build
            .manifest()
            .at(AnsiblePlugin.SETTINGS)
            .get("extra_vars")
            .get(AnsiblePlugin.SSH_USER)
            .text();
    for (String line : build.root().read("etc/passwd").split("\n")) {
      String[] fields = line.split(":", -1);
      if (fields.length > HOME && fields[0].equals(user)) {
        build.root().delete(fields[HOME] + "/.ansible");
      }
    }
  }
}
