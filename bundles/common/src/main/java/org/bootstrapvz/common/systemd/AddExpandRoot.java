/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.systemd;

import java.io.IOException;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Makes the image expand its root partition and filesystem to the size of the disk at every boot.
 * The root device is determined at boot, since a build cannot know it. {@link AddGrowpartPackage}
 * must be in the task set, too.
 */
@Component
@TaskDefinition(
    description = "Adding a service that grows the root filesystem at boot",
    phase = Phase.SYSTEM_MODIFICATION,
    provides = SystemdUnit.class)
public final class AddExpandRoot implements Task {
  private static final String SCRIPT = "usr/local/sbin/expand-root";

  @Override
  public void run(Build build) throws IOException {
    build
        .root()
        .write(
            SCRIPT,
            """
            #!/bin/sh
            # Grows the partition of / into the free space behind it, then the filesystem in it.
            set -e
            device=$(readlink -f "$(findmnt --noheadings --output SOURCE --nofsroot /)")
            sys=/sys/class/block/${device##*/}
            if [ -e "$sys/partition" ]; then
                disk=$(readlink -f "$sys/..")
                # Status 1 means that there is nothing to grow.
                growpart "/dev/${disk##*/}" "$(cat "$sys/partition")" || [ $? -eq 1 ]
            fi
            /lib/systemd/systemd-growfs /
            """,
            0755);
    build.provide(
        SystemdUnit.class,
        new SystemdUnit(
            "expand-root.service",
            """
            [Unit]
            Description=Grow the root filesystem to the size of its disk
            DefaultDependencies=no
            After=systemd-remount-fs.service
            Before=local-fs.target shutdown.target
            Conflicts=shutdown.target
            ConditionPathIsReadWrite=/
            %s
            [Service]
            Type=oneshot
            ExecStart=/usr/local/sbin/expand-root
            RemainAfterExit=yes

            [Install]
            WantedBy=local-fs.target
            """
                .formatted(condition(build.manifest()))));
  }

  /**
   * Where cloud-init runs, it grows the filesystem, as its configuration says, unless the manifest
   * names the plugin expand_root. Without cloud-init, the file never exists.
   */
  private static String condition(Manifest manifest) {
    return manifest.at("plugins.expand_root").exists()
        ? ""
        : "ConditionPathExists=!/run/cloud-init/enabled\n";
  }
}
