/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.connections;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Measures how fast a client sends and receives, while it is the client that must do something.
 * Safe for use by several threads.
 */
final class Progress {
  private static final double NANOS_PER_SECOND = 1e9;

  /** What is expected of the client. */
  private enum Phase {
    /** The head of a request. */
    HEAD,
    /** The body of a request. */
    BODY,
    /** Nothing, except to receive the answer. */
    ANSWER,
    /** Nothing; it may send another request. */
    IDLE
  }

  private final ConnectionLimits limits;
  private final LongSupplier clock;

  /** Guarded by this, as all that follow. */
  private Phase phase = Phase.HEAD;

  private long phaseStart;
  private long received;
  private boolean blocked;
  private long blockedStart;
  private long sent;

  /** A new connection, of which the head of a request is expected. */
  Progress(ConnectionLimits limits, LongSupplier clock) {
    this.limits = limits;
    this.clock = clock;
    phaseStart = clock.getAsLong();
  }

  /** Bytes have arrived. */
  synchronized void received(long bytes) {
    if (phase == Phase.IDLE) {
      start(Phase.HEAD);
    }
    received += bytes;
  }

  /** The head of a request is complete. */
  synchronized void requested(boolean withBody) {
    start(withBody ? Phase.BODY : Phase.ANSWER);
  }

  /** The body of the request is complete. */
  synchronized void bodyReceived() {
    start(Phase.ANSWER);
  }

  /** The request is answered. */
  synchronized void answered() {
    start(Phase.IDLE);
  }

  private void start(Phase next) {
    phase = next;
    phaseStart = clock.getAsLong();
    received = 0;
  }

  /**
   * Bytes were passed to the connection.
   *
   * @param complete false if it does not accept more at present
   */
  synchronized void sent(long bytes, boolean complete) {
    if (complete) {
      blocked = false;
    } else if (blocked) {
      sent += bytes;
    } else {
      blocked = true;
      blockedStart = clock.getAsLong();
      sent = 0;
    }
  }

  /** Whether a request is in progress. */
  synchronized boolean busy() {
    return phase == Phase.BODY || phase == Phase.ANSWER;
  }

  /** Why the connection is to be closed; empty if the client is fast enough. */
  synchronized Optional<String> fault() {
    long now = clock.getAsLong();
    if (phase == Phase.HEAD && isOverdue(now - phaseStart)) {
      return Optional.of("the head of a request takes too long");
    }
    if (phase == Phase.BODY && isTooSlow(received, now - phaseStart)) {
      return Optional.of("the body of a request arrives too slowly");
    }
    if (blocked && isTooSlow(sent, now - blockedStart)) {
      return Optional.of("an answer is read too slowly");
    }
    return Optional.empty();
  }

  private boolean isOverdue(long nanos) {
    return nanos > limits.patience().toNanos();
  }

  private boolean isTooSlow(long bytes, long nanos) {
    return isOverdue(nanos) && bytes < limits.minBytesPerSecond() * (nanos / NANOS_PER_SECOND);
  }
}
