/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The distribution of a machine, from its file {@code os-release}.
 *
 * @param id its name: {@code debian}
 * @param version its version; empty for Debian's testing and unstable
 */
record OsRelease(String id, String version) {
  private static final int TRIXIE = 13;

  /**
   * The packages of trixie and later whose content is in another one in bookworm, and in other
   * distributions. Before trixie, the emulators of qemu-user-binfmt do not work in the root
   * directory of an image.
   */
  private static final Map<String, String> BEFORE_TRIXIE =
      Map.of(
          "qemu-user-binfmt", "qemu-user-static",
          "qemu-system-riscv", "qemu-system-misc");

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

  /**
   * The package of this release that contains what another package contains in the newest release
   * of Debian.
   */
  String packageName(String newest) {
    boolean trixie =
        id.equals("debian")
            && (version.isEmpty()
                || version.matches("\\d+.*")
                    && Integer.parseInt(version.replaceAll("\\D.*", "")) >= TRIXIE);
    return trixie ? newest : BEFORE_TRIXIE.getOrDefault(newest, newest);
  }
}
