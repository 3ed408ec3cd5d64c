/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process may do.
 *
 * @param root whether it is root, the real one or that of a user namespace
 * @param real whether it is the real one
 */
record Privileges(boolean root, boolean real) {
  /** What to do when a build may not have its namespaces. */
  static final String WHAT_HELPS =
      "Run it as root; or as an ordinary user on a machine that has the package uidmap and entries"
          + " for that user in /etc/subuid and /etc/subgid: the command then enters a user"
          + " namespace by itself.";

  /** Reads them from a folder like {@code /proc/self}. */
  static Privileges of(Path process) throws IOException {
    boolean root =
        Files.readAllLines(process.resolve("status")).stream()
            .anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
    String map = Files.readString(process.resolve("uid_map")).strip();
    return new Privileges(root, root && map.matches("0\\s+0\\s+4294967295"));
  }
}
