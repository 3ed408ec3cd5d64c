/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The distribution of a machine, from its file {@code os-release}.
 *
 * @param id its name: {@code debian}
 * @param version its version; empty for Debian's testing and unstable
 */
record OsRelease(String id, String version) {
  /** The first release of Debian whose package qemu-user-binfmt has static emulators: trixie. */
  private static final int STATIC_SINCE = 13;

  /** Reads that of the system in a directory. */
  static OsRelease of(Path root) throws IOException {
    Path file = root.resolve("etc/os-release");
    List<String> lines = Files.isReadable(file) ? Files.readAllLines(file) : List.of();
    return new OsRelease(value(lines, "ID"), value(lines, "VERSION_ID"));
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1).replace("\"", "").strip())
        .findFirst()
        .orElse("");
  }

  /** The Debian package with emulators that also work in the root directory of an image. */
  String emulatorPackage() {
    boolean current =
        id.equals("debian")
            && (version.isEmpty()
                || version.matches("\\d+.*")
                    && Integer.parseInt(version.replaceAll("\\D.*", "")) >= STATIC_SINCE);
    return current ? "qemu-user-binfmt" : "qemu-user-static";
  }
}
