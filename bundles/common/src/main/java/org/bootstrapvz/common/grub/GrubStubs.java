/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.grub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bootstrapvz.volume.Partition;
import org.bootstrapvz.volume.TableType;
import org.bootstrapvz.volume.VolumeLayout;

/**
 * Scripts that replace grub-probe and grub-mkrelpath and answer as these would on the finished
 * image. During the build its filesystems are directories, which GRUB's own tools cannot handle.
 */
final class GrubStubs {
  private GrubStubs() {}

  /** A file that represents the device of a filesystem; grub-mkconfig checks that it exists. */
  static String device(Partition partition) {
    return "/dev/disk/by-uuid/" + partition.uuid();
  }

  /** Supports the options of grub-probe that grub-mkconfig and the scripts in /etc/grub.d use. */
  static String probe(VolumeLayout layout) {
    StringBuilder script =
        new StringBuilder(
            """
            #!/bin/sh
            target=fs
            what=
            while [ $# -gt 0 ]; do
              case "$1" in
                -t | --target) target="$2"; shift ;;
                --target=*) target="${1#*=}" ;;
                -m | --device-map) shift ;;
                -*) ;;
                *) what="$1" ;;
              esac
              shift
            done
            case "$what" in
            """);
    for (Partition partition : deepestFirst(layout)) {
      script
          .append("  ")
          .append(patterns(partition))
          .append(" | ")
          .append(quoted(device(partition)));
      script.append(") uuid=").append(partition.uuid());
      script.append(" partuuid=").append(partition.partUuid());
      script.append(" fs=").append(partition.filesystem().orElseThrow().grubModule());
      script.append(" drive=").append(drive(layout, partition)).append(" ;;\n");
    }
    script.append("esac\ncase \"$target\" in\n");
    script.append("  device) echo \"/dev/disk/by-uuid/$uuid\" ;;\n");
    script.append("  fs_uuid) echo \"$uuid\" ;;\n");
    script.append("  partuuid) echo \"$partuuid\" ;;\n");
    script.append("  fs) echo \"$fs\" ;;\n");
    script.append("  partmap) echo ").append(layout.table()).append(" ;;\n");
    script.append("  drive) echo \"($drive)\" ;;\n");
    script.append("  compatibility_hint) echo \"$drive\" ;;\n");
    return script.append("esac\n").toString();
  }

  /** Prints a path relative to the top of its filesystem; an empty line for the top itself. */
  static String makeRelativePath(VolumeLayout layout) {
    StringBuilder script =
        new StringBuilder("#!/bin/sh\nfor path; do :; done\ncase \"$path\" in\n");
    for (Partition partition : deepestFirst(layout)) {
      String at = partition.mountPoint().orElseThrow();
      script.append("  ").append(patterns(partition));
      script.append(") path=\"${path#").append(at.equals("/") ? "" : quoted(at)).append("}\" ;;\n");
    }
    return script.append("esac\necho \"${path%/}\"\n").toString();
  }

  private static List<Partition> deepestFirst(VolumeLayout layout) {
    List<Partition> partitions = new ArrayList<>(layout.mounted());
    Collections.reverse(partitions);
    return partitions;
  }

  private static String patterns(Partition partition) {
    String at = partition.mountPoint().orElseThrow();
    return at.equals("/") ? "/*" : quoted(at) + " | " + quoted(at) + "/*";
  }

  private static String drive(VolumeLayout layout, Partition partition) {
    return layout.table() == TableType.NONE ? "hd0" : "hd0," + layout.table() + partition.index();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
