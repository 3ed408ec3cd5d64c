/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.debconf;

import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.common.packages.InstallPackages;
import org.osgi.service.component.annotations.Component;

/** Stores the answers in the debconf database. */
@Component
@TaskDefinition(
    description = "Preseeding debconf",
    phase = Phase.PACKAGE_INSTALLATION,
    successors = InstallPackages.class)
public final class DebconfSetSelections implements Task {
  @Override
  public void run(Build build) throws BuildException {
    String answers = build.manifest().at(DebconfPlugin.SETTINGS).text();
    build.root().run(Command.of("debconf-set-selections").input(Secret.of(answers + "\n")));
  }
}
