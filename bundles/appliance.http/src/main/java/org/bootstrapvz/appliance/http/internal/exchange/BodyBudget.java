/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.exchange;

import java.util.concurrent.atomic.AtomicLong;

/** The memory for bodies of requests that are in progress. Safe for use by several threads. */
public final class BodyBudget {
  private final long maxBytes;
  private final AtomicLong taken = new AtomicLong();

  /** A budget of which nothing is taken. */
  public BodyBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** A share for one request; empty at first. */
  public Share share() {
    return new Share();
  }

  /** The bytes that are taken. */
  long taken() {
    return taken.get();
  }

  /** What one request takes. */
  public final class Share implements AutoCloseable {
    private final AtomicLong own = new AtomicLong();

    private Share() {}

    /** Takes more; false if there is not enough. */
    boolean take(int bytes) {
      if (taken.addAndGet(bytes) > maxBytes) {
        taken.addAndGet(-bytes);
        return false;
      }
      own.addAndGet(bytes);
      return true;
    }

    /** Returns everything. May be called several times. */
    @Override
    public void close() {
      taken.addAndGet(-own.getAndSet(0));
    }
  }
}
