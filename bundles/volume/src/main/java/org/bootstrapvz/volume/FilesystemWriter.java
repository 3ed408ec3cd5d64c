/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.bootstrapvz.api.extension.FilesystemRequest;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.extension.NamedFilesystem;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.api.volume.TreeSize;
import org.bootstrapvz.volume.internal.filesystem.EfiFat;
import org.bootstrapvz.volume.internal.filesystem.SwapSpace;

/**
 * Makes filesystems from directory trees and writes them into the plain file of a volume, without a
 * loop device.
 */
public final class FilesystemWriter {
  private static final int CHUNK = 1 << 20;

  private final Sandbox sandbox;
  private final Path image;
  private final Path scratch;
  private final Manifest manifest;
  private final List<NamedFilesystem> filesystems;

  /**
   * @param image the volume's file
   * @param scratch a directory for temporary files, with the same path inside and outside of the
   *     sandbox; they are deleted, except after a crash
   * @param manifest the manifest of the build
   * @param filesystems those that the manifest names
   */
  public FilesystemWriter(
      Sandbox sandbox,
      ImageFile image,
      Path scratch,
      Manifest manifest,
      List<NamedFilesystem> filesystems) {
    this.sandbox = sandbox;
    this.image = image.path();
    this.scratch = scratch;
    this.manifest = manifest;
    this.filesystems = List.copyOf(filesystems);
  }

  /**
   * Makes the filesystem of a partition and fills it.
   *
   * @param tree the content, a path inside the sandbox; ignored for swap space
   * @param size the size of the tree
   * @throws BuildException if the tree does not fit; names a size that would be large enough
   */
  public void write(Partition partition, Path tree, TreeSize size)
      throws BuildException, IOException {
    Filesystem filesystem = partition.filesystem().orElseThrow();
    FilesystemType type = type(partition);
    Bytes available = partition.length().bytes();
    if (!type.fits(size, available)) {
      throw tooSmall(partition, size, needed(type, filesystem, size));
    }
    try {
      if (filesystem.atOffset() && partition.formatCommand().isEmpty()) {
        type.create(request(partition, tree, image, partition.start().bytes()));
      } else {
        writeInFile(partition, type, tree);
      }
    } catch (CommandException e) {
      BuildException explained = DiskSpace.explain(e, scratch);
      if (explained == e && ranOutOfSpace(e)) {
        // The estimate was too low. The size that was not sufficient is a lower bound.
        Bytes estimate = needed(type, filesystem, size);
        Bytes larger = available.plus(available.dividedBy(4)).roundedUpTo(Bytes.mebibytes(1));
        throw tooSmall(partition, size, estimate.compareTo(larger) > 0 ? estimate : larger);
      }
      throw explained;
    }
  }

  private FilesystemType type(Partition partition) {
    if (partition.role() == Partition.Role.ESP) {
      return new EfiFat();
    }
    if (partition.role() == Partition.Role.SWAP) {
      return new SwapSpace();
    }
    String name = partition.filesystem().orElseThrow().name();
    return filesystems.stream()
        .filter(filesystem -> filesystem.name().equals(name))
        .map(NamedFilesystem::type)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No type creates the filesystem " + name));
  }

  private FilesystemRequest request(Partition partition, Path tree, Path file, Bytes offset) {
    String name = partition.filesystem().orElseThrow().name();
    List<String> command =
        partition.formatCommand().stream()
            .map(
                word ->
                    word.replace("{fs}", name)
                        .replace("{device_path}", file.toString())
                        .replace("{size}", partition.length().toString()))
            .toList();
    return new FilesystemRequest(
        manifest,
        sandbox,
        tree,
        file,
        offset,
        partition.length().bytes(),
        partition.uuid(),
        partition.label(),
        partition.subvolumes(),
        command,
        scratch);
  }

  /** The smallest size, in whole MiB, of a filesystem that a tree fits into. */
  private static Bytes needed(FilesystemType type, Filesystem filesystem, TreeSize tree) {
    long low = Math.max(1, filesystem.minimum().dividedBy(Bytes.mebibytes(1)));
    long high = low;
    while (!type.fits(tree, Bytes.mebibytes(high))) {
      low = high + 1;
      high *= 2;
    }
    while (low < high) {
      long middle = (low + high) / 2;
      if (type.fits(tree, Bytes.mebibytes(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Bytes.mebibytes(low);
  }

  /** For filesystems that cannot be made at an offset. */
  private void writeInFile(Partition partition, FilesystemType type, Path tree)
      throws BuildException, IOException {
    Path file = scratch.resolve("partition-" + partition.index() + ".img");
    long length = partition.length().bytes().count();
    try {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.allocate(1), length - 1);
      }
      type.create(request(partition, tree, file, new Bytes(0)));
      // Swap space is empty after its header.
      boolean swap = partition.role() == Partition.Role.SWAP;
      copySparsely(
          file, partition.start().bytes().count(), swap ? Math.min(length, CHUNK) : length);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Copies a file into the image, skipping blocks that are zero in both. */
  private void copySparsely(Path file, long offset, long length)
      throws BuildException, IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    ByteBuffer zeros = ByteBuffer.allocate(CHUNK);
    try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
        FileChannel to = FileChannel.open(image, StandardOpenOption.WRITE)) {
      for (long at = 0; at < length; at += CHUNK) {
        if (Thread.currentThread().isInterrupted()) {
          throw new BuildCancelledException();
        }
        chunk.clear();
        while (chunk.hasRemaining() && from.read(chunk, at + chunk.position()) > 0) {}
        chunk.flip();
        if (!chunk.equals(zeros.slice(0, chunk.limit()))) {
          while (chunk.hasRemaining()) {
            to.write(chunk, offset + at + chunk.position());
          }
        }
      }
    }
  }

  private static boolean ranOutOfSpace(CommandException failure) {
    return failure.tail().stream()
        .anyMatch(
            line ->
                line.contains("Could not allocate")
                    || line.contains("No space left on device")
                    || line.contains("No free space")
                    || line.contains("Disk full"));
  }

  private static BuildException tooSmall(Partition partition, TreeSize size, Bytes needed) {
    long lost = partition.requested().count() - partition.length().bytes().count();
    // A tenth more than needed, so that the next small change fits too.
    Bytes advice =
        needed
            .plus(needed.dividedBy(10))
            .plus(new Bytes(Math.max(0, lost)))
            .roundedUpTo(Bytes.mebibytes(16));
    return new BuildException(
        "The "
            + partition.name()
            + " partition is too small: its content takes "
            + size.content().roundedUpTo(Bytes.mebibytes(1))
            + " in "
            + size.inodes()
            + " files, for which "
            + partition.filesystem().orElseThrow()
            + " needs "
            + needed
            + ", and the partition has "
            + partition.length().bytes()
            + ". Set volume.partitions."
            + partition.name()
            + ".size to at least "
            + advice);
  }
}
