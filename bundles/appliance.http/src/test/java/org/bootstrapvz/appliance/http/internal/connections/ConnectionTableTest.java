/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.connections;

import static org.bootstrapvz.appliance.http.internal.connections.GuardedConnection.Standing.ADMIN;
import static org.bootstrapvz.appliance.http.internal.connections.GuardedConnection.Standing.UNKNOWN;
import static org.bootstrapvz.appliance.http.internal.connections.GuardedConnection.Standing.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which connection is closed when there are too many. */
class ConnectionTableTest {
  private static final String PROXY = "192.0.2.1";

  private final ConnectionTable table =
      new ConnectionTable(new ConnectionLimits(4, 2, Duration.ofSeconds(10), 100, PROXY::equals));

  private record Made(String address, Standing standing, boolean busy, int number)
      implements GuardedConnection {}

  private int number;

  private Made made(String address, GuardedConnection.Standing standing, boolean busy) {
    return new Made(address, standing, busy, ++number);
  }

  private Made open(String address, GuardedConnection.Standing standing, boolean busy) {
    Made connection = made(address, standing, busy);
    assertEquals(Optional.empty(), table.opened(connection));
    return connection;
  }

  @Test
  void theOldestUnknownConnectionMakesRoomForANewOne() {
    open("192.0.2.2", USER, false);
    Made oldest = open("192.0.2.3", UNKNOWN, true);
    open("192.0.2.4", UNKNOWN, false);
    open("192.0.2.5", ADMIN, false);
    assertEquals(Optional.of(oldest), table.opened(made("192.0.2.6", UNKNOWN, false)));
    assertEquals(4, table.list().size());
  }

  @Test
  void withoutUnknownOnesAnIdleOneOfAUserIsClosedThenABusyOneAndNeverThatOfAnAdmin() {
    open("192.0.2.2", ADMIN, false);
    Made busy = open("192.0.2.3", USER, true);
    Made idle = open("192.0.2.4", USER, false);
    open("192.0.2.5", ADMIN, true);
    assertEquals(Optional.of(idle), table.opened(made("192.0.2.6", ADMIN, false)));
    assertEquals(Optional.of(busy), table.opened(made("192.0.2.7", ADMIN, false)));
    Made last = made("192.0.2.8", UNKNOWN, false);
    assertEquals(Optional.of(last), table.opened(last));
  }

  @Test
  void anAddressWithTooManyConnectionsLosesItsOwnAndAProxyDoesNot() {
    Made first = open("192.0.2.2", UNKNOWN, false);
    open("192.0.2.2", UNKNOWN, false);
    assertEquals(Optional.of(first), table.opened(made("192.0.2.2", UNKNOWN, false)));
    open(PROXY, UNKNOWN, false);
    open(PROXY, UNKNOWN, false);
    table.list().stream().filter(each -> !each.address().equals(PROXY)).forEach(table::closed);
    open(PROXY, UNKNOWN, false);
    open(PROXY, UNKNOWN, false);
  }
}
