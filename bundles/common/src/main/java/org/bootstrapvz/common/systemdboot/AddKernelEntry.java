/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.systemdboot;

import java.io.IOException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.kernel.KernelCommandLine;
import org.bootstrapvz.common.kernel.KernelVersion;
import org.osgi.service.component.annotations.Component;

/**
 * Copies the kernel to the EFI system partition and adds it to the menu, under the names that
 * kernel-install in the image uses, so that it replaces them when the kernel is upgraded. This runs
 * late, because a command in the manifest may have changed the initramfs.
 */
@Component
@TaskDefinition(
    description = "Copying the kernel to the EFI system partition",
    phase = Phase.SYSTEM_CLEANING,
    requires = {KernelVersion.class, KernelCommandLine.class})
public final class AddKernelEntry implements Task {
  private static final String ESP = InstallSystemdBoot.ESP;
  private static final String TOKEN = InstallSystemdBoot.TOKEN;

  @Override
  public void run(Build build) throws IOException {
    Root root = build.root();
    String release = build.require(KernelVersion.class).release();
    String folder = "/" + TOKEN + "/" + release + "/";
    String initramfs = "initrd.img-" + release;
    root.copyIn(root.resolve("boot/vmlinuz-" + release), ESP + folder + "linux", 0644);
    root.copyIn(root.resolve("boot/" + initramfs), ESP + folder + initramfs, 0644);
    root.write(
        ESP + "loader/entries/" + TOKEN + "-" + release + ".conf",
        entry(folder, release, initramfs, build.require(KernelCommandLine.class)));
  }

  private static String entry(
      String folder, String release, String initramfs, KernelCommandLine commandLine) {
    return """
        title Debian GNU/Linux
        version %s
        sort-key debian
        options %s
        linux %slinux
        initrd %s%s
        """
        .formatted(release, commandLine.text(), folder, folder, initramfs);
  }
}
