/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

import java.io.IOException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.filesystem.FStab;
import org.bootstrapvz.volume.Partition;
import org.bootstrapvz.volume.Partition.Role;
import org.bootstrapvz.volume.VolumeLayout;
import org.osgi.service.component.annotations.Component;

/**
 * Makes the first initramfs equal to those that the machine generates. initramfs-tools examines the
 * device of the root filesystem to choose its fsck, and the swap space in use to resume from it;
 * the build has neither. The hook is deleted by {@link RemoveInitramfsHook}; on the machine, that
 * of initramfs-tools does the same.
 */
@Component
@TaskDefinition(
    description = "Preparing the initramfs",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = FStab.class,
    successors = UpdateInitramfs.class,
    requires = VolumeLayout.class)
public final class PrepareInitramfs implements Task {
  static final String HOOK = "etc/initramfs-tools/hooks/bootstrap-vz-fsck";
  private static final String RESUME = "etc/initramfs-tools/conf.d/resume";

  @Override
  public void run(Build build) throws IOException {
    Root root = build.root();
    if (!root.isFile("usr/share/initramfs-tools/hook-functions")) {
      return;
    }
    VolumeLayout layout = build.require(VolumeLayout.class);
    if (!layout.mounted().isEmpty()) {
      root.write(HOOK, hook(layout.root()), 0755);
    }
    for (Partition partition : layout.partitions()) {
      if (partition.role() == Role.SWAP) {
        root.write(RESUME, "RESUME=UUID=" + partition.uuid() + "\n");
      }
    }
  }

  private static String hook(Partition root) {
    return """
        #!/bin/sh
        if [ "$1" = prereqs ]; then exit 0; fi
        [ -x /sbin/fsck ] || exit 0
        . /usr/share/initramfs-tools/hook-functions
        copy_exec /sbin/fsck
        copy_exec /sbin/logsave
        if program=$(command -v fsck.@type@); then copy_exec "$program"; fi
        """
        .replace("@type@", root.filesystem().orElseThrow().name());
  }
}
