/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** An image that is not in use by a machine, read with tools of the host. */
final class DetachedImage {
  private static final long SECTOR = 512;

  /**
   * The types of partitions without files: an extended partition and one for the core image of
   * GRUB.
   */
  private static final List<String> WITHOUT_FILESYSTEM =
      List.of("5", "21686148-6449-6E6F-744E-656564454649");

  /**
   * A filesystem or swap space.
   *
   * @param size of the partition in bytes
   * @param type in the notation of blkid
   */
  record Content(long size, String type, String uuid) {}

  private final long size;
  private final List<Content> contents;

  private DetachedImage(long size, List<Content> contents) {
    this.size = size;
    this.contents = contents;
  }

  /**
   * Reads an image, and checks all its filesystems.
   *
   * @param table its partition table, in the notation of manifests
   */
  static DetachedImage check(Path image, String table) throws IOException, InterruptedException {
    Path disk = image.resolveSibling(image.getFileName() + ".disk");
    // A vhd with a fixed size has its signature only at its end, where qemu-img does not look for
    // it.
    String format = image.toString().endsWith(".vhd") ? "vpc" : format(image);
    run("qemu-img", "convert", "-f", format, "-O", "raw", image.toString(), disk.toString());
    try {
      List<Content> contents = new ArrayList<>();
      if (table.equals("none")) {
        contents.add(content(disk));
      } else {
        Map<String, Map<String, Object>> json =
            new Yaml().load(run("sfdisk", "--json", disk.toString()));
        Map<String, Object> found = json.get("partitiontable");
        assertEquals(table.equals("msdos") ? "dos" : table, found.get("label"));
        for (Object each : (List<?>) found.get("partitions")) {
          Map<?, ?> partition = (Map<?, ?>) each;
          if (!WITHOUT_FILESYSTEM.contains(partition.get("type").toString())) {
            contents.add(partition(disk, number(partition, "start"), number(partition, "size")));
          }
        }
      }
      return new DetachedImage(Files.size(disk), contents);
    } finally {
      Files.delete(disk);
    }
  }

  private static String format(Path image) throws IOException, InterruptedException {
    Map<String, Object> info =
        new Yaml().load(run("qemu-img", "info", "--output=json", image.toString()));
    return (String) info.get("format");
  }

  private static long number(Map<?, ?> partition, String key) {
    return ((Number) partition.get(key)).longValue() * SECTOR;
  }

  private static Content partition(Path disk, long start, long size)
      throws IOException, InterruptedException {
    Path file = disk.resolveSibling(disk.getFileName() + ".partition");
    String part = "driver=raw,offset=%d,size=%d,file.driver=file,file.filename=%s";
    run(
        "qemu-img",
        "convert",
        "-O",
        "raw",
        "--image-opts",
        part.formatted(start, size, disk),
        file.toString());
    try {
      return content(file);
    } finally {
      Files.delete(file);
    }
  }

  private static Content content(Path file) throws IOException, InterruptedException {
    String type = run("blkid", "-p", "-o", "value", "-s", "TYPE", file.toString()).strip();
    String uuid = run("blkid", "-p", "-o", "value", "-s", "UUID", file.toString()).strip();
    switch (type) {
      case "ext2", "ext3", "ext4" -> run("e2fsck", "-f", "-n", file.toString());
      case "btrfs" -> run("btrfs", "check", "--readonly", file.toString());
      case "xfs" -> run("xfs_repair", "-n", file.toString());
      case "vfat" -> run("fsck.vfat", "-n", file.toString());
      case "swap" -> {}
      default -> throw new AssertionError("Not a filesystem: \"" + type + "\"");
    }
    return new Content(Files.size(file), type, uuid);
  }

  /** Runs a command that must succeed, and returns its output. */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), String.join(" ", command) + "\n" + output);
    return output;
  }

  /** The size of the disk in bytes. */
  long size() {
    return size;
  }

  /** In the order of the partitions. */
  List<Content> contents() {
    return contents;
  }
}
