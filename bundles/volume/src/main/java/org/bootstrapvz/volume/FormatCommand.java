/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.ManifestValue;

/** The manifest's own command to format a partition. */
final class FormatCommand {
  /** The commands that can be told to fill what they make, for people. */
  static final String SUPPORTED = "mke2fs, mkfs.ext2, mkfs.ext3, mkfs.ext4 or mkfs.btrfs";

  private FormatCommand() {}

  static boolean isSupported(ManifestValue partition) {
    List<String> command = partition.get("format_command").texts();
    return Filesystem.named(partition.get("filesystem").text())
        .filter(filesystem -> filler(command.get(0), filesystem, Path.of("/")).isPresent())
        .filter(filesystem -> command.stream().anyMatch(it -> it.contains("{device_path}")))
        .isPresent();
  }

  /**
   * The command that formats a file and fills the filesystem from a tree. UUID and tree go to the
   * front, where no positional argument stands yet.
   */
  static Command of(Partition partition, Path tree, Path file) {
    Filesystem filesystem = partition.filesystem().orElseThrow();
    List<String> words = new ArrayList<>();
    for (String word : partition.formatCommand()) {
      words.add(
          word.replace("{fs}", filesystem.toString())
              .replace("{device_path}", file.toString())
              .replace("{size}", partition.length().toString()));
    }
    words.addAll(1, filler(words.get(0), filesystem, tree).orElseThrow());
    words.addAll(1, List.of("-U", partition.uuid()));
    return Command.of(words);
  }

  private static Optional<List<String>> filler(String word, Filesystem filesystem, Path tree) {
    String name = Path.of(word.replace("{fs}", filesystem.toString())).getFileName().toString();
    boolean ext = name.equals("mke2fs") || name.equals("mkfs." + filesystem);
    if (filesystem.isExt() && ext) {
      return Optional.of(List.of("-F", "-d", tree.toString()));
    }
    return filesystem == Filesystem.BTRFS && name.equals("mkfs.btrfs")
        ? Optional.of(List.of("-f", "--rootdir", tree.toString()))
        : Optional.empty();
  }
}
