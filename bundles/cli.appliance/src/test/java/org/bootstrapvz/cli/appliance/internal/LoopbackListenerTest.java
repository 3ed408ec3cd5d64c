/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose process listens on a port, from the table of the kernel. */
class LoopbackListenerTest {
  private static final List<String> TABLE =
      List.of(
          "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
              + "  timeout inode",
          row("0100007F:2124", "0A", 1000), // 8484
          row("0100007F:2125", "01", 1000), // 8485, a connection
          row("00000000:2126", "0A", 0), // 8486
          row("00000000000000000000000001000000:2126", "0A", 1001));

  private static String row(String local, String state, int user) {
    return "   0: "
        + local
        + " 00000000:0000 "
        + state
        + " 00000000:00000000 00:00000000 00000000  "
        + user
        + "        0 12345 1 0000000000000000 100 0 0 10 0";
  }

  private static Optional<String> stranger(int port, String user) {
    return LoopbackListener.stranger(TABLE, port, Set.of("0", user));
  }

  @Test
  void onlyListenersOfOthersAreStrangers() {
    assertEquals(Optional.empty(), stranger(8484, "1000"));
    assertEquals(Optional.of("1000"), stranger(8484, "1001"));
    assertEquals(Optional.empty(), stranger(8485, "1001"));
    assertEquals(Optional.empty(), stranger(8487, "1001"));
  }

  @Test
  void aStrangerOnAnotherAddressOfThePortCounts() {
    assertEquals(Optional.of("1001"), stranger(8486, "1000"));
  }
}
