/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

import java.io.IOException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Generates the initramfs of every kernel once, when its configuration is complete. */
@Component
@TaskDefinition(
    description = "Generating the initramfs",
    phase = Phase.SYSTEM_MODIFICATION,
    requires = {InitramfsDiversion.class, KernelVersion.class})
public final class UpdateInitramfs implements Task {
  private static final String DRACUT_FOLDER = "etc/dracut.conf.d";

  @Override
  public void run(Build build) throws BuildException, IOException {
    build.root().delete(DeferInitramfs.COMMAND);
    build
        .root()
        .run(
            Command.of(
                "dpkg-divert",
                "--quiet",
                "--local",
                "--rename",
                "--remove",
                DeferInitramfs.COMMAND));
    if (!build.root().isFile(DeferInitramfs.COMMAND)) {
      throw new BuildException(
          "The image has no update-initramfs: its kernel package brought neither initramfs-tools nor"
              + " dracut");
    }
    if (!build.root().isFile("usr/bin/dracut")) {
      build.root().delete(DeferInitramfs.DRACUT);
      if (build.root().list(DRACUT_FOLDER).isEmpty()) {
        build.root().delete(DRACUT_FOLDER);
      }
    }
    CommandResult result = build.root().run(Command.of("update-initramfs", "-c", "-k", "all"));
    String initramfs = "boot/initrd.img-" + build.require(KernelVersion.class).release();
    if (!build.root().isFile(initramfs)) {
      throw new BuildException("update-initramfs made no " + initramfs + ": " + result.text());
    }
  }
}
