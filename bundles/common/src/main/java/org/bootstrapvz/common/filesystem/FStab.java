/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.filesystem;

import java.io.IOException;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.volume.Partition;
import org.bootstrapvz.volume.Partition.Role;
import org.bootstrapvz.volume.VolumeLayout;
import org.osgi.service.component.annotations.Component;

/** Writes /etc/fstab, which names each filesystem and swap space by its UUID. */
@Component
@TaskDefinition(
    description = "Writing the filesystem table",
    phase = Phase.SYSTEM_MODIFICATION,
    requires = VolumeLayout.class)
public final class FStab implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    build.root().write("etc/fstab", text(build.require(VolumeLayout.class)));
  }

  /** A filesystem follows the filesystem with its mount point; swap comes last. */
  static String text(VolumeLayout layout) {
    StringBuilder text = new StringBuilder();
    for (Partition partition : layout.mounted()) {
      line(
          text,
          partition,
          partition.mountPoint().orElseThrow(),
          partition.filesystem().orElseThrow().name(),
          options(partition),
          pass(partition));
    }
    layout
        .with(Role.SWAP)
        .ifPresent(partition -> line(text, partition, "none", "swap", List.of("sw"), 0));
    return text.toString();
  }

  private static void line(
      StringBuilder text,
      Partition partition,
      String at,
      String type,
      List<String> options,
      int pass) {
    text.append("UUID=").append(partition.uuid()).append(' ').append(at).append(' ').append(type);
    text.append(' ').append(String.join(",", options)).append(" 0 ").append(pass).append('\n');
  }

  private static List<String> options(Partition partition) {
    if (partition.role() == Role.ESP) {
      return List.of("umask=0077");
    }
    return partition.mountOptions().isEmpty() ? List.of("defaults") : partition.mountOptions();
  }

  private static int pass(Partition partition) {
    if (!partition.filesystem().orElseThrow().checked()) {
      return 0;
    }
    return partition.role() == Role.ROOT ? 1 : 2;
  }
}
