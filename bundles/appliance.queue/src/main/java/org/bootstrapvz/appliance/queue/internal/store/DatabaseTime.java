/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time of the database, so that all appliances that share it have the same: read from it now
 * and then, and advanced by monotonic time. The clock of this machine has no influence on it. Safe
 * for use by several threads.
 */
final class DatabaseTime {
  /** A slower answer does not say when the time was read: the process may have been suspended. */
  private static final long MAX_ANSWER_NANOS = TimeUnit.SECONDS.toNanos(2);

  private record Reading(Instant time, long nanoTime) {}

  private final LongSupplier nanoTime;
  private volatile Optional<Reading> last = Optional.empty();

  /**
   * @param nanoTime monotonic time
   */
  DatabaseTime(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Reads the time of the database. */
  interface Source {
    Instant read() throws SQLException;
  }

  void read(Source source) throws SQLException {
    long asked = nanoTime.getAsLong();
    Instant time = source.read();
    long took = nanoTime.getAsLong() - asked;
    if (took <= MAX_ANSWER_NANOS || last.isEmpty()) {
      last = Optional.of(new Reading(time, asked + took / 2));
    }
  }

  boolean isKnown() {
    return last.isPresent();
  }

  /** The time now; empty if the database has not answered yet. */
  Optional<Instant> now() {
    return last.map(reading -> reading.time().plusNanos(nanoTime.getAsLong() - reading.nanoTime()));
  }
}
