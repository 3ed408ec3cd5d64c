/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.connections;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bootstrapvz.appliance.http.internal.connections.GuardedConnection.Standing;

/**
 * The open connections of a server. When there are too many, it chooses the one to be closed, so
 * that a new client is always let in: first connections without an authenticated request, then idle
 * ones, then the others, the oldest of each first. A connection of an admin is never chosen. Safe
 * for use by several threads.
 */
final class ConnectionTable {
  private static final int NEVER = 3;

  private final ConnectionLimits limits;

  /** Oldest first. Guarded by this. */
  private final Set<GuardedConnection> all = new LinkedHashSet<>();

  /** Oldest first. Guarded by this. */
  private final Map<String, Set<GuardedConnection>> byAddress = new HashMap<>();

  ConnectionTable(ConnectionLimits limits) {
    this.limits = limits;
  }

  /**
   * Adds a connection. Returns the one that must be closed for it, which is no longer in the table;
   * empty if the limits allow one more.
   */
  synchronized Optional<GuardedConnection> opened(GuardedConnection connection) {
    all.add(connection);
    Set<GuardedConnection> same =
        byAddress.computeIfAbsent(connection.address(), address -> new LinkedHashSet<>());
    same.add(connection);
    Optional<GuardedConnection> victim = Optional.empty();
    if (same.size() > limits.perAddress() && !limits.shared().test(connection.address())) {
      victim = Optional.of(victim(same, connection));
    } else if (all.size() > limits.total()) {
      victim = Optional.of(victim(all, connection));
    }
    victim.ifPresent(this::closed);
    return victim;
  }

  /** Removes a connection. */
  synchronized void closed(GuardedConnection connection) {
    all.remove(connection);
    Set<GuardedConnection> same = byAddress.get(connection.address());
    if (same != null) {
      same.remove(connection);
      if (same.isEmpty()) {
        byAddress.remove(connection.address());
      }
    }
  }

  /** The connections, oldest first. */
  synchronized List<GuardedConnection> list() {
    return List.copyOf(all);
  }

  private static GuardedConnection victim(
      Collection<GuardedConnection> connections, GuardedConnection added) {
    GuardedConnection victim = added;
    int least = NEVER;
    for (GuardedConnection each : connections) {
      int rank = rank(each);
      if (rank < least && each != added) {
        victim = each;
        least = rank;
        if (rank == 0) {
          break;
        }
      }
    }
    return victim;
  }

  private static int rank(GuardedConnection connection) {
    if (connection.standing() == Standing.ADMIN) {
      return NEVER;
    }
    if (connection.standing() == Standing.UNKNOWN) {
      return 0;
    }
    return connection.busy() ? 2 : 1;
  }
}
