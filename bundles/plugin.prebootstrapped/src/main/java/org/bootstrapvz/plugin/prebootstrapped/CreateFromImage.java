/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.prebootstrapped;

import java.io.IOException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
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

/** Fills the root from the archive of an earlier build. */
@Component
@TaskDefinition(
    description = "Unpacking the root of an earlier build",
    phase = Phase.OS_INSTALLATION,
    requires = Root.class,
    // What they write into the root replaces that of the copy.
    successors = {
      CreateDpkgCfg.class,
      WriteConfiguration.class,
      InstallTrustedKeys.class,
      Bootstrap.class
    },
    provides = Bootstrapped.class,
    commands = "tar (tar)")
public final class CreateFromImage implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    ManifestValue image = build.manifest().at(PrebootstrappedPlugin.SETTINGS).get("image");
    try {
      build.run(
          Command.of("tar", "--extract", "--preserve-permissions")
              .with("--file=" + build.manifest().resolve(image))
              .with(CopyImage.AS_IT_IS)
              .with("--directory=" + build.root().path()));
    } catch (CommandException e) {
      throw new BuildException(
          image.location()
              + ": "
              + image.path()
              + ": "
              + build.manifest().resolve(image)
              + " cannot be unpacked: "
              + (e.tail().isEmpty() ? "tar ended with status " + e.status() : e.tail().get(0))
              + ". It must be an archive created by a build with this plugin",
          e);
    }
    RestoredRoot.complete(build, image);
  }
}
