/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The formats that are registered with the kernel, and those that installed packages describe. */
final class BinaryFormats {
  /** The file system with an entry for each format. */
  static final String MOUNT_POINT = "proc/sys/fs/binfmt_misc";

  private static final String STATUS = "status";
  private static final String REGISTER = "register";
  private static final List<String> DESCRIPTIONS = List.of("etc/binfmt.d", "usr/lib/binfmt.d");

  private final Path root;

  /** Those below this root directory. */
  BinaryFormats(Path root) {
    this.root = root;
  }

  Path mountPoint() {
    return root.resolve(MOUNT_POINT);
  }

  /** Whether the file system is mounted; systemd mounts it when it is accessed. */
  boolean mounted() {
    return Files.exists(mountPoint().resolve(STATUS));
  }

  /** Whether the kernel uses the entries. */
  boolean enabled() throws IOException {
    return Files.readString(mountPoint().resolve(STATUS)).strip().equals("enabled");
  }

  /** The registered format of a file. */
  Optional<BinaryFormat> registered(byte[] file) throws IOException {
    for (Path entry : files(mountPoint())) {
      String name = entry.getFileName().toString();
      if (name.equals(STATUS) || name.equals(REGISTER)) {
        continue;
      }
      Optional<BinaryFormat> format =
          BinaryFormat.ofKernel(name, Files.readString(entry, StandardCharsets.ISO_8859_1));
      if (format.isPresent() && format.get().matches(file)) {
        return format;
      }
    }
    return Optional.empty();
  }

  /** The line with which an installed package registers the format of a file. */
  Optional<String> described(byte[] file) throws IOException {
    for (String folder : DESCRIPTIONS) {
      for (Path description : files(root.resolve(folder))) {
        for (String line : Files.readAllLines(description, StandardCharsets.ISO_8859_1)) {
          Optional<BinaryFormat> format = BinaryFormat.ofLine(line);
          if (format.isPresent() && format.get().fixed() && format.get().matches(file)) {
            return Optional.of(line);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Registers a format. */
  void register(String line) throws IOException {
    Files.write(mountPoint().resolve(REGISTER), line.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
