/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.extlinux;

import java.io.IOException;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.filesystem.FStab;
import org.bootstrapvz.common.kernel.KernelCommandLine;
import org.bootstrapvz.common.kernel.UpdateInitramfs;
import org.osgi.service.component.annotations.Component;

/**
 * Writes the menu of EXTLINUX with a script in the image, which also runs there when a kernel is
 * installed or removed.
 */
@Component
@TaskDefinition(
    description = "Configuring EXTLINUX",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = {FStab.class, UpdateInitramfs.class},
    requires = KernelCommandLine.class)
public final class ConfigureExtlinux implements Task {
  static final String FOLDER = "/boot/extlinux";
  private static final String SCRIPT = "/usr/local/sbin/update-extlinux";
  private static final String TEXT =
      """
      #!/bin/sh
      # Written by bootstrap-vz. Writes the menu of EXTLINUX: the installed kernels, the newest first,
      # with the command line in /etc/kernel/cmdline.
      set -eu
      menu=/boot/extlinux/extlinux.conf
      {
        echo 'prompt 0'
        echo 'timeout 1'
        default=
        for version in $(linux-version list | linux-version sort --reverse); do
          if [ -z "$default" ]; then
            default=$version
            echo "default $version"
          fi
          echo "label $version"
          echo "  linux ../vmlinuz-$version"
          echo "  initrd ../initrd.img-$version"
          echo "  append $(cat /etc/kernel/cmdline)"
        done
      } > "$menu.new"
      mv "$menu.new" "$menu"
      """;

  @Override
  public void run(Build build) throws BuildException, IOException {
    Root root = build.root();
    root.makeDirectory(FOLDER, 0755);
    root.write(SCRIPT, TEXT, 0755);
    for (String hooks : List.of("etc/kernel/postinst.d", "etc/kernel/postrm.d")) {
      root.makeDirectory(hooks, 0755);
      root.symlink(hooks + "/zz-update-extlinux", SCRIPT);
    }
    root.run(Command.of(SCRIPT));
    if (!root.read(FOLDER + "/extlinux.conf").contains("linux ../vmlinuz-")) {
      throw new BuildException(
          "EXTLINUX's menu has no entry for Linux: there is no kernel in the image's /boot. Add a"
              + " kernel package to packages.install");
    }
  }
}
