/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.systemdboot;

import java.io.IOException;
import java.util.List;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.filesystem.FStab;
import org.bootstrapvz.volume.EfiPlatform;
import org.osgi.service.component.annotations.Component;

/**
 * Installs systemd-boot into the EFI system partition, under the names that bootctl in the image
 * uses, so that bootctl can upgrade it.
 */
@Component
@TaskDefinition(
    description = "Installing systemd-boot",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = FStab.class)
public final class InstallSystemdBoot implements Task {
  static final String ESP = "boot/efi/";
  static final String TOKEN = "debian";

  @Override
  public void run(Build build) throws BuildException, IOException {
    Root root = build.root();
    EfiPlatform platform = EfiPlatform.of(build.manifest());
    String program = "systemd-boot" + platform.suffix() + ".efi";
    String source = source(root, "usr/lib/systemd/boot/efi/" + program);
    root.copyIn(root.resolve(source), ESP + "EFI/BOOT/" + platform.bootFile(), 0644);
    root.copyIn(root.resolve(source), ESP + "EFI/systemd/" + program, 0644);
    // A name in place of the machine id, which the image does not have before its first boot.
    root.write("etc/kernel/entry-token", TOKEN + "\n");
    root.write("etc/kernel/install.conf", "layout=bls\n");
    root.write(ESP + "loader/loader.conf", "timeout 0\n");
  }

  /** From trixie on, the package contains the signed program, and not always the unsigned one. */
  private static String source(Root root, String program) throws BuildException, IOException {
    for (String file : List.of(program + ".signed", program)) {
      if (root.isFile(file)) {
        return file;
      }
    }
    throw new BuildException(
        "The image has no /" + program + ", which the package systemd-boot-efi brings");
  }
}
