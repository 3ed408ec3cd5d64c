/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.bootstrap;

import java.io.IOException;
import java.util.List;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.BootstrapSource;
import org.bootstrapvz.common.apt.Bootstrapped;
import org.bootstrapvz.common.apt.InstallTrustedKeys;
import org.bootstrapvz.common.apt.WriteConfiguration;
import org.bootstrapvz.common.dpkg.CreateDpkgCfg;
import org.bootstrapvz.common.network.HostResolver;
import org.bootstrapvz.common.network.SetSandboxHostname;
import org.osgi.service.component.annotations.Component;

/**
 * Installs the base system into the root: with mmdebstrap if the host has it, otherwise with
 * debootstrap; or from the archive of {@link MakeTarball}.
 *
 * <p>mmdebstrap only installs the essential packages and apt; the rest of the variant is installed
 * together with the other packages of the image, in one run of apt instead of two. Until then,
 * tasks can only rely on essential packages.
 */
@Component
@TaskDefinition(
    description = "Installing the base system",
    phase = Phase.OS_INSTALLATION,
    predecessors = {
      CreateDpkgCfg.class,
      WriteConfiguration.class,
      InstallTrustedKeys.class,
      SetSandboxHostname.class
    },
    requires = {Root.class, BootstrapSource.class},
    collects = {BootstrapPackage.class, BaseArchive.class},
    provides = Bootstrapped.class,
    commands = "mmdebstrap|debootstrap (mmdebstrap)")
public final class Bootstrap implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    BaseSystem base = BaseSystem.of(build);
    List<BaseArchive> archives = build.all(BaseArchive.class);
    boolean current = true;
    if (archives.isEmpty()) {
      base.install();
    } else if (!archives.get(0).inRoot()) {
      base.unpack(archives.get(0).file());
      current = false;
    }
    HostResolver.copyTo(build.root());
    build.provide(Bootstrapped.class, base.result(current));
  }
}
