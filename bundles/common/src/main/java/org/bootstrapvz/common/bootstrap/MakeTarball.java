/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.BootstrapSource;
import org.bootstrapvz.common.apt.InstallTrustedKeys;
import org.bootstrapvz.common.apt.WriteConfiguration;
import org.bootstrapvz.common.network.SetSandboxHostname;
import org.bootstrapvz.common.workspace.Delivery;
import org.osgi.service.component.annotations.Component;

/**
 * Stores an archive of the base system in {@code bootstrapper.workspace} for later builds, if
 * {@code bootstrapper.tarball} is set. Its name encodes everything that the base system depends on,
 * so that another manifest never uses a wrong one. Updates released since are installed when the
 * packages of the image are upgraded.
 */
@Component
@TaskDefinition(
    description = "Saving the base system for later builds",
    phase = Phase.OS_INSTALLATION,
    predecessors = {WriteConfiguration.class, InstallTrustedKeys.class},
    successors = {SetSandboxHostname.class, Bootstrap.class},
    requires = {Root.class, BootstrapSource.class},
    collects = BootstrapPackage.class,
    provides = BaseArchive.class,
    commands = {"mmdebstrap|debootstrap (mmdebstrap)", "tar (tar)"})
public final class MakeTarball implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    BaseSystem base = BaseSystem.of(build);
    Path archive = build.workspace().resolveSibling(base.archiveName());
    if (Files.isRegularFile(archive)) {
      build.log("The base system comes from " + archive);
      build.provide(BaseArchive.class, new BaseArchive(archive, false));
      return;
    }
    base.install();
    // Another build may create or read the same archive at the same time.
    Path unfinished = build.workspace().resolve(archive.getFileName());
    build.acquire(ResourceSpec.file(unfinished), () -> base.pack(unfinished));
    Delivery.move(build, unfinished, archive);
    build.log("The base system was saved in " + archive);
    build.provide(BaseArchive.class, new BaseArchive(archive, true));
  }
}
