/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.ansible;

import java.nio.file.Files;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Checks that the playbook is a file. */
@Component
@TaskDefinition(description = "Checking the playbook", phase = Phase.VALIDATION)
public final class CheckPlaybookPath implements Task {
  @Override
  public void run(Build build) throws BuildException {
    Playbook playbook = Playbook.of(build.manifest());
    if (!Files.isRegularFile(playbook.file())) {
      throw new BuildException(
          playbook.setting().location()
              + ": "
              + playbook.setting().path()
              + ": "
              + playbook.file()
              + " is not a file. Name a playbook of Ansible, usually *.yml");
    }
  }
}
