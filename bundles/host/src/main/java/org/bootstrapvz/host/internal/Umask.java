/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The umask of this process, which all commands inherit: Java cannot change it. */
final class Umask {
  private static final String STANDARD = "0022";
  private static final String SET = "umask " + STANDARD + " && exec \"$@\"";

  private Umask() {}

  /** The start of a command line that runs the rest with the umask 022. */
  static List<String> standard() throws IOException {
    // unshare reports a command that cannot be started in the same way as nsenter.
    return isStandard() ? List.of() : List.of("sh", "-c", SET, "sh", "unshare", "--");
  }

  private static boolean isStandard() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .anyMatch(line -> line.startsWith("Umask:") && line.endsWith(STANDARD));
  }
}
