/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildException;

/** Writes a partition table into the plain file of a volume. */
public final class PartitionTable {
  private PartitionTable() {}

  /** The table of a layout as input of {@code sfdisk}. */
  public static String script(VolumeLayout layout) {
    boolean gpt = layout.table() == TableType.GPT;
    StringBuilder script = new StringBuilder();
    script.append(gpt ? "label: gpt\nfirst-lba: 34\nlabel-id: " : "label: dos\nlabel-id: 0x");
    script.append(layout.id()).append("\nunit: sectors\n\n");
    for (Partition partition : layout.partitions()) {
      script.append("start=").append(partition.start().count());
      script.append(", size=").append(partition.length().count());
      script.append(", type=").append(partition.type());
      if (gpt) {
        script.append(", uuid=").append(partition.partUuid());
        script.append(", name=\"").append(partition.label()).append('"');
      }
      if (partition.active()) {
        script.append(gpt ? ", attrs=\"LegacyBIOSBootable\"" : ", bootable");
      }
      script.append('\n');
    }
    return script.toString();
  }

  /**
   * Writes the table of a layout, which must have one.
   *
   * @throws BuildException if sfdisk rejects it
   */
  public static void write(VolumeLayout layout, ImageFile image, Sandbox sandbox)
      throws BuildException {
    sandbox.run(
        Command.of("sfdisk", "--quiet", "--no-reread", "--no-tell-kernel", "--wipe", "never")
            .with(image.path().toString())
            .input(script(layout)));
  }
}
