/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.prebootstrapped;

import java.io.IOException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.Bootstrapped;
import org.bootstrapvz.common.apt.InstallTrustedKeys;
import org.bootstrapvz.common.apt.WriteConfiguration;
import org.bootstrapvz.common.bootstrap.Bootstrap;
import org.bootstrapvz.common.dpkg.CreateDpkgCfg;
import org.osgi.service.component.annotations.Component;

/** Fills the root from the directory of an earlier build. */
@Component
@TaskDefinition(
    description = "Copying the root of an earlier build",
    phase = Phase.OS_INSTALLATION,
    requires = Root.class,
    // What they write into the root replaces that of the copy.
    successors = {
      CreateDpkgCfg.class,
      WriteConfiguration.class,
      InstallTrustedKeys.class,
      Bootstrap.class
    },
    provides = Bootstrapped.class)
public final class CreateFromFolder implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    ManifestValue folder = build.manifest().at(PrebootstrappedPlugin.SETTINGS).get("folder");
    build.run(
        Command.of("cp", "--archive")
            .with(build.manifest().resolve(folder) + "/.", build.root().path().toString()));
    RestoredRoot.complete(build, folder);
  }
}
