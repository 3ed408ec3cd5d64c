/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.systemdboot;

import java.io.IOException;
import java.util.List;
import org.bootstrapvz.api.build.Build;
import org.bootstrapvz.api.build.BuildException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.kernel.KernelCommandLine;
import org.bootstrapvz.common.kernel.KernelVersion;
import org.bootstrapvz.common.kernel.UpdateInitramfs;
import org.bootstrapvz.volume.EfiPlatform;
import org.osgi.service.component.annotations.Component;

/**
 * Puts systemd-boot and the kernel into the EFI system partition, under the names that the image's
 * own kernel-install and bootctl use, so that these find them when they upgrade something.
 */
@Component
@TaskDefinition(
    description = "Installing systemd-boot",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = UpdateInitramfs.class,
    requires = {KernelVersion.class, KernelCommandLine.class})
public final class InstallSystemdBoot implements Task {
  private static final String ESP = "boot/efi/";
  private static final String TOKEN = "debian";

  @Override
  public void run(Build build) throws BuildException, IOException {
    Root root = build.root();
    EfiPlatform platform = EfiPlatform.of(build.manifest());
    String program = "systemd-boot" + platform.suffix() + ".efi";
    String source = source(root, "usr/lib/systemd/boot/efi/" + program);
    root.copyIn(root.resolve(source), ESP + "EFI/BOOT/" + platform.bootFile(), 0644);
    root.copyIn(root.resolve(source), ESP + "EFI/systemd/" + program, 0644);
    // A name instead of the machine's id, which the image does not have before its first boot.
    root.write("etc/kernel/entry-token", TOKEN + "\n");
    root.write("etc/kernel/install.conf", "layout=bls\n");
    root.write(ESP + "loader/loader.conf", "timeout 0\n");

    String release = build.require(KernelVersion.class).release();
    String folder = "/" + TOKEN + "/" + release + "/";
    String initramfs = "initrd.img-" + release;
    root.copyIn(root.resolve("boot/vmlinuz-" + release), ESP + folder + "linux", 0644);
    root.copyIn(root.resolve("boot/" + initramfs), ESP + folder + initramfs, 0644);
    root.write(
        ESP + "loader/entries/" + TOKEN + "-" + release + ".conf",
        entry(folder, release, initramfs, build.require(KernelCommandLine.class)));
  }

  /** From trixie on the package brings the program signed, and not always unsigned as well. */
  private static String source(Root root, String program) throws BuildException, IOException {
    for (String file : List.of(program + ".signed", program)) {
      if (root.isFile(file)) {
        return file;
      }
    }
    throw new BuildException(
        "The image has no /" + program + ", which the package systemd-boot-efi brings");
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
