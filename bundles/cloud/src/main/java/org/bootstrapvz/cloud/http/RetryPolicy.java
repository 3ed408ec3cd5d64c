/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * When failed requests are repeated: after a random pause whose upper bound starts at {@code first}
 * and doubles up to {@code max}, until {@code budget} is spent.
 *
 * @param first the upper bound of the first pause
 * @param max the upper bound of all pauses
 * @param budget how much time may be spent on failed attempts and pauses
 * @param random from 0 to 1
 * @param pause waits
 */
public record RetryPolicy(
    Duration first, Duration max, Duration budget, DoubleSupplier random, Pause pause) {
  /** Waits between two attempts. */
  @ConsumerType
  @FunctionalInterface
  public interface Pause {
    /** Waits for this time. */
    void await(Duration time) throws InterruptedException;
  }

  /** Returns the policy of builds: from 200 ms to 20 s. */
  public static RetryPolicy within(Duration budget) {
    return new RetryPolicy(
        Duration.ofMillis(200),
        Duration.ofSeconds(20),
        budget,
        () -> ThreadLocalRandom.current().nextDouble(),
        time -> Thread.sleep(time.toMillis()));
  }

  /**
   * Waits.
   *
   * @throws BuildCancelledException if the thread was interrupted; it stays so
   */
  public void await(Duration time) throws BuildCancelledException {
    try {
      pause.await(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BuildCancelledException();
    }
  }

  /** Returns the pause after this number of failures in a row, at least 1. */
  Duration pauseAfter(int failures) {
    long bound = first.toMillis();
    for (int i = 1; i < failures && bound < max.toMillis(); i++) {
      bound *= 2;
    }
    return Duration.ofMillis((long) (Math.min(bound, max.toMillis()) * random.getAsDouble()));
  }
}
