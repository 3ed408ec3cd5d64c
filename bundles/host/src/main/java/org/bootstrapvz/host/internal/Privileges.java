/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The privileges of this process.
 *
 * @param root whether it is root, in the initial or in another user namespace
 * @param real whether it is root in the initial user namespace
 */
record Privileges(boolean root, boolean real) {
  /** The advice if a build cannot create its namespaces. */
  static final String WHAT_HELPS =
      "Run it as root; or as an ordinary user on a machine that has the package uidmap and entries"
          + " for that user in /etc/subuid and /etc/subgid: the command then enters a user"
          + " namespace by itself.";

  /** Reads them from a directory like {@code /proc/self}. */
  static Privileges of(Path process) throws IOException {
    boolean root =
        Files.readAllLines(process.resolve("status")).stream()
            .anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
    String map = Files.readString(process.resolve("uid_map")).strip();
    return new Privileges(root, root && map.matches("0\\s+0\\s+4294967295"));
  }
}
