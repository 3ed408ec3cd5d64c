/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user of this process. */
final class Self {
  private static final Path PROCESS = Path.of("/proc/self");
  private static final Path OVERFLOW = Path.of("/proc/sys/kernel/overflowuid");

  private Self() {}

  static int uid() throws IOException {
    return (int) Files.getAttribute(PROCESS, "unix:uid");
  }

  static String name() throws IOException {
    return Files.getOwner(PROCESS).getName();
  }

  /** As whom all users outside of this user namespace appear; -1 in that of the machine. */
  static int outside() throws IOException {
    String map = Files.readString(PROCESS.resolve("uid_map")).strip();
    return map.matches("0\\s+0\\s+4294967295") ? -1 : overflow();
  }

  /** The user as whom the kernel shows users that a user namespace does not have. */
  static int overflow() throws IOException {
    // In one read: the kernel does not continue this file.
    try (BufferedReader reader = Files.newBufferedReader(OVERFLOW)) {
      return Integer.parseInt(String.valueOf(reader.readLine()).strip());
    }
  }
}
