/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Bytes;

/**
 * Makes filesystems from trees and writes them into the plain file of a volume, without a loop
 * device and without mounting anything.
 */
public final class FilesystemWriter {
  /** A FAT with clusters of a sector holds 65525 of them, the least FAT32 has, from here on. */
  private static final Bytes FAT32 = Bytes.mebibytes(34);

  private static final int CHUNK = 1 << 20;
  private static final int XFS_LABEL = 12;

  private final Sandbox sandbox;
  private final Path image;
  private final Path scratch;
  private final Release release;
  private final List<String> extFeatures;

  /**
   * @param image the volume's file
   * @param scratch a folder for files that are needed in between, with the same path inside and
   *     outside of the sandbox; they are deleted, except after a crash
   * @param manifest the release and the bootloader that read the filesystems
   */
  public FilesystemWriter(Sandbox sandbox, ImageFile image, Path scratch, Manifest manifest) {
    this.sandbox = sandbox;
    this.image = image.path();
    this.scratch = scratch;
    release = manifest.release();
    // EXTLINUX reads block numbers of 32 bits.
    boolean extlinux = Bootloader.of(manifest) == Bootloader.EXTLINUX;
    extFeatures = extlinux ? List.of("-O", "^64bit") : List.of();
  }

  /**
   * Makes the filesystem of a partition and fills it.
   *
   * @param tree the content, a path inside the sandbox; swap has none and ignores it
   * @param size what {@link TreeSize#measure} said of the tree
   * @throws BuildException if the tree does not fit; says what would be large enough
   */
  public void write(Partition partition, Path tree, TreeSize size)
      throws BuildException, IOException {
    Filesystem filesystem = partition.filesystem().orElseThrow();
    Bytes available = partition.length().bytes();
    if (!Capacity.fits(filesystem, size, available)) {
      throw tooSmall(partition, size, Capacity.needed(filesystem, size));
    }
    try {
      if (filesystem.isExt() && partition.formatCommand().isEmpty()) {
        writeExt(partition, tree);
      } else {
        writeInFile(partition, tree);
      }
    } catch (CommandException e) {
      BuildException explained = DiskSpace.explain(e, scratch);
      if (explained == e && ranOutOfSpace(e)) {
        // The estimate was too low, so take what was not enough as the least.
        Bytes estimate = Capacity.needed(filesystem, size);
        Bytes larger = available.plus(available.dividedBy(4)).roundedUpTo(Bytes.mebibytes(1));
        throw tooSmall(partition, size, estimate.compareTo(larger) > 0 ? estimate : larger);
      }
      throw explained;
    }
  }

  private void writeExt(Partition partition, Path tree) throws BuildException, IOException {
    Path configuration = scratch.resolve("mke2fs.conf");
    Files.writeString(configuration, ExtConfiguration.text(release));
    try {
      sandbox.run(
          Command.of("mke2fs", "-q", "-F", "-t", partition.filesystem().orElseThrow().toString())
              .with("-b", "4096", "-L", partition.label(), "-U", partition.uuid())
              .with(extFeatures)
              .with("-d", tree.toString(), "-E")
              .with(
                  "offset="
                      + partition.start().bytes().count()
                      + ",hash_seed="
                      + partition.uuid()
                      + ",lazy_itable_init=0,nodiscard")
              .with(image.toString(), partition.length().bytes().count() / 1024 + "k")
              .env("MKE2FS_CONFIG", configuration.toString()));
      copyTop(tree, image + "?offset=" + partition.start().bytes().count());
    } finally {
      Files.deleteIfExists(configuration);
    }
  }

  /** Not every version of mke2fs gives the top folder owner and mode of the tree's. */
  private void copyTop(Path tree, String device) throws BuildException, IOException {
    Map<String, Object> top = Files.readAttributes(sandbox.outside(tree), "unix:mode,uid,gid");
    sandbox.run(
        Command.of("debugfs", "-w", "-f", "-", device)
            .input(
                String.format(
                    "sif / mode 0%o\nsif / uid %s\nsif / gid %s\n",
                    (Integer) top.get("mode"), top.get("uid"), top.get("gid"))));
  }

  /** For tools that cannot write at an offset. */
  private void writeInFile(Partition partition, Path tree) throws BuildException, IOException {
    Path file = scratch.resolve("partition-" + partition.index() + ".img");
    try {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.allocate(1), partition.length().bytes().count() - 1);
      }
      long written = partition.length().bytes().count();
      if (!partition.formatCommand().isEmpty()) {
        sandbox.run(FormatCommand.of(partition, tree, file));
        if (partition.filesystem().orElseThrow().isExt()) {
          copyTop(tree, file.toString());
        }
      } else if (!partition.subvolumes().isEmpty()) {
        writeSubvolumes(partition, tree, file);
      } else if (partition.filesystem().orElseThrow() == Filesystem.BTRFS) {
        sandbox.run(
            Command.of("mkfs.btrfs", "-q", "-f", "-L", partition.label(), "-U", partition.uuid())
                .with("--rootdir", tree.toString(), file.toString()));
      } else if (partition.filesystem().orElseThrow() == Filesystem.XFS) {
        writeXfs(partition, tree, file);
      } else if (partition.filesystem().orElseThrow() == Filesystem.VFAT) {
        writeFat(partition, tree, file);
      } else {
        sandbox.run(
            Command.of("mkswap", "--pagesize", "4096", "--label", partition.label())
                .with("--uuid", partition.uuid(), file.toString()));
        // Beyond its header swap space is empty.
        written = Math.min(written, CHUNK);
      }
      copySparsely(file, partition.start().bytes().count(), written);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Its mkfs fills nothing, so it is mounted. */
  private void writeXfs(Partition partition, Path tree, Path file)
      throws BuildException, IOException {
    // Older kernels and GRUB cannot read what a newer mkfs.xfs would turn on.
    boolean since12 = release.atLeast(12);
    sandbox.run(
        Command.of("mkfs.xfs", "-q", "-f", "-L", xfsLabel(partition))
            .with("-m", "uuid=" + partition.uuid() + (since12 ? "" : ",bigtime=0,inobtcount=0"))
            .with(release.atLeast(13) ? List.of() : List.of("-i", "nrext64=0"))
            .with(file.toString()));
    fill(partition, tree, file);
  }

  /** A btrfs with subvolumes has to be there for them to be made. */
  private void writeSubvolumes(Partition partition, Path tree, Path file)
      throws BuildException, IOException {
    sandbox.run(
        Command.of("mkfs.btrfs", "-q", "-f", "-L", partition.label(), "-U", partition.uuid())
            .with(file.toString()));
    fill(partition, tree, file);
  }

  private void fill(Partition partition, Path tree, Path file) throws BuildException, IOException {
    Path folder = scratch.resolve("mount-" + partition.index());
    Files.createDirectory(folder);
    String type = partition.filesystem().orElseThrow().toString();
    try {
      sandbox.run(
          Command.of("mount", "-t", type, "-o", "loop", file.toString(), folder.toString()));
      try {
        for (String subvolume : partition.subvolumes()) {
          Path path = folder.resolve(subvolume);
          sandbox.run(Command.of("mkdir", "--parents", path.getParent().toString()));
          sandbox.run(Command.of("btrfs", "subvolume", "create", path.toString()));
        }
        Command copy = Command.of("cp", "--archive", "--one-file-system");
        sandbox.run(
            // No hard link leads from one subvolume into another: each name gets a file of its own.
            (partition.subvolumes().isEmpty() ? copy : copy.with("--no-preserve=links"))
                .with(tree + "/.", folder.toString()));
      } finally {
        sandbox.run(Command.of("umount", folder.toString()));
      }
    } finally {
      Files.delete(folder);
    }
  }

  private static String xfsLabel(Partition partition) {
    String label = partition.label();
    return label.substring(0, Math.min(XFS_LABEL, label.length()));
  }

  private void writeFat(Partition partition, Path tree, Path file)
      throws BuildException, IOException {
    sandbox.run(
        Command.of("mkfs.vfat", "-n", "ESP", "-i", partition.uuid().replace("-", ""), "-F")
            .with(partition.length().bytes().compareTo(FAT32) < 0 ? "16" : "32", file.toString()));
    List<String> entries;
    try (Stream<Path> list = Files.list(sandbox.outside(tree))) {
      entries = list.map(path -> tree.resolve(path.getFileName()).toString()).sorted().toList();
    }
    if (!entries.isEmpty()) {
      sandbox.run(
          Command.of("mcopy", "-i", file.toString(), "-s", "-Q", "-m").with(entries).with("::/"));
    }
  }

  /** Copies a file into the image, skipping what is empty on both sides. */
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
            + " partition is too small: what goes into it takes "
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
