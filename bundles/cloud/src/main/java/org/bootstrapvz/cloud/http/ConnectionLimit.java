/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import java.time.Duration;

/**
 * How many requests are sent at the same time. More are tried as long as each still takes about as
 * long as with few of them; where they only wait for each other, or fail, fewer are better. Used by
 * one thread.
 */
final class ConnectionLimit {
  static final int FIRST = 8;
  static final int MAX = 32;
  private static final int STEP = 4;

  /** Latency that has grown by this factor, in percent, is no reason to try more. */
  private static final long HOLDS = 150;

  /** Latency that has grown by this factor, in percent, shows that there are too many. */
  private static final long TOO_LONG = 250;

  private int limit = FIRST;
  private long best = Long.MAX_VALUE;
  private long sum;
  private int count;

  int get() {
    return limit;
  }

  /** A request succeeded. */
  void succeeded(Duration latency) {
    sum += latency.toNanos();
    count++;
    if (count < limit) {
      return;
    }
    long mean = Math.max(1, sum / count);
    best = Math.min(best, mean);
    long percent = mean * 100 / best;
    if (percent <= HOLDS) {
      limit = Math.min(MAX, limit + STEP);
    } else if (percent > TOO_LONG) {
      limit = Math.max(1, limit - Math.max(1, limit / STEP));
    }
    restart();
  }

  /** A request failed and is repeated. */
  void failed() {
    limit = Math.max(1, limit / 2);
    restart();
  }

  private void restart() {
    sum = 0;
    count = 0;
  }
}
