/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

import java.io.IOException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AptUpgrade;
import org.bootstrapvz.common.packages.InstallPackages;
import org.osgi.service.component.annotations.Component;

/**
 * Replaces update-initramfs by a stub until {@link UpdateInitramfs}: each run takes seconds, and
 * many packages trigger one. Since forky, kernels are installed with dracut, which by default makes
 * an initramfs for the machine it runs on, and that is the build host.
 */
@Component
@TaskDefinition(
    description = "Deferring the generation of the initramfs",
    phase = Phase.PACKAGE_INSTALLATION,
    predecessors = AptUpgrade.class,
    successors = InstallPackages.class,
    provides = InitramfsDiversion.class)
public final class DeferInitramfs implements Task {
  static final String COMMAND = "/usr/sbin/update-initramfs";

  /** The configuration of dracut; removed again from an image without dracut. */
  static final String DRACUT = "etc/dracut.conf.d/10-any-machine.conf";

  @Override
  public void run(Build build) throws BuildException, IOException {
    String original = COMMAND + ".real";
    build
        .root()
        .run(
            Command.of(
                "dpkg-divert",
                "--quiet",
                "--local",
                "--rename",
                "--divert",
                original,
                "--add",
                COMMAND));
    build.root().write(COMMAND, "#!/bin/sh\nexit 0\n", 0755);
    build
        .root()
        .write(
            DRACUT, "# The image boots on other hardware than it was built on.\nhostonly=\"no\"\n");
    build.provide(InitramfsDiversion.class, new InitramfsDiversion(original));
  }
}
