/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume.internal.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bootstrapvz.api.extension.FilesystemRequest;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.api.volume.TreeSize;

/**
 * The FAT of an EFI system partition. A manifest cannot choose it: it stores no owners and modes.
 */
public final class EfiFat implements FilesystemType {
  public static final Filesystem DEFINITION =
      new Filesystem(
          "vfat",
          "FAT of an EFI system partition",
          Optional.empty(),
          Bytes.mebibytes(15),
          Optional.of(Bytes.parse("2TiB")),
          "dosfstools",
          List.of(HostCommand.parse("mkfs.vfat (dosfstools)"), HostCommand.parse("mcopy (mtools)")),
          "fat",
          List.of(),
          false,
          false,
          true);

  /** With clusters of one sector, FAT32 reaches its minimum of 65525 clusters at this size. */
  private static final Bytes FAT32 = Bytes.mebibytes(34);

  @Override
  public boolean fits(TreeSize tree, Bytes size) {
    return tree.fullBlocks() * TreeSize.BLOCK + (size.count() >> 6) <= size.count();
  }

  @Override
  public void create(FilesystemRequest request) throws BuildException, IOException {
    String file = request.file().toString();
    request
        .sandbox()
        .run(
            Command.of("mkfs.vfat", "-n", "ESP", "-i", request.uuid().replace("-", ""), "-F")
                .with(request.size().compareTo(FAT32) < 0 ? "16" : "32", file));
    List<String> entries;
    Path tree = request.tree();
    try (Stream<Path> list = Files.list(request.sandbox().outside(tree))) {
      entries = list.map(path -> tree.resolve(path.getFileName()).toString()).sorted().toList();
    }
    if (!entries.isEmpty()) {
      request
          .sandbox()
          .run(Command.of("mcopy", "-i", file, "-s", "-Q", "-m").with(entries).with("::/"));
    }
  }
}
