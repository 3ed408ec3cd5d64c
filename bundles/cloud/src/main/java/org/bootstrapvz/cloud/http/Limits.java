/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import java.time.Duration;

/**
 * How long a request may take.
 *
 * @param stall how long nothing of the body may be sent
 * @param answer how long the server may take after it has the whole body
 * @param total how long all may take
 */
public record Limits(Duration stall, Duration answer, Duration total) {
  /** A transfer slower than this many bytes per second counts as stalled. */
  private static final long MIN_BYTES_PER_SECOND = 10_000;

  /** For requests with a small body. */
  public static final Limits SMALL = forBytes(0);

  /** Returns the limits for a body of this size. */
  public static Limits forBytes(long size) {
    Duration minute = Duration.ofSeconds(60);
    return new Limits(minute, minute, minute.plusSeconds(size / MIN_BYTES_PER_SECOND));
  }

  /** Returns these limits for a server that processes the body before it answers. */
  public Limits withAnswer(Duration other) {
    return new Limits(stall, other, total.plus(other));
  }
}
