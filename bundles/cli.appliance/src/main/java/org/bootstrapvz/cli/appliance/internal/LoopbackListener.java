/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who listens on a port of this machine, as the kernel says. When an appliance is not running, any
 * user can take its port, and without TLS nothing else tells them apart.
 */
final class LoopbackListener {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final String LISTENING = "0A";
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int USER = 7;
  private static final int HEXADECIMAL = 16;

  private LoopbackListener() {}

  /**
   * Refuses a server on this machine unless it belongs to root or to the user of the command.
   *
   * @throws ApplianceException if another user listens on the port, on whichever address
   */
  static void check(ServerAddress server) throws ApplianceException, IOException {
    Set<String> trusted =
        Set.copyOf(
            List.of("0", String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))));
    for (Path table : TABLES) {
      if (Files.isReadable(table)) { // the second is missing without IPv6
        Optional<String> stranger = stranger(Files.readAllLines(table), server.port(), trusted);
        if (stranger.isPresent()) {
          throw new ApplianceException(
              "The process at "
                  + server
                  + " belongs to the user "
                  + stranger.get()
                  + ", neither to root nor to you; no token is sent to it. If it is an appliance"
                  + " that you trust, use https");
        }
      }
    }
  }

  /** The user id of a process that listens on a port, unless it is one of the trusted ones. */
  static Optional<String> stranger(List<String> table, int port, Set<String> trusted) {
    return table.stream()
        .skip(1) // the names of the columns
        .map(line -> line.strip().split("\\s+"))
        .filter(words -> words.length > USER && words[STATE].equals(LISTENING))
        .filter(words -> port(words[LOCAL_ADDRESS]) == port)
        .map(words -> words[USER])
        .filter(user -> !trusted.contains(user))
        .findFirst();
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1), HEXADECIMAL);
  }
}
