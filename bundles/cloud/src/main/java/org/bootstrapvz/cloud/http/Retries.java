/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;

/** The failed attempts of one upload, which share a budget of time. Used by one thread. */
public final class Retries {
  /** A long upload that breaks off at its end does not use up the budget at once. */
  private static final Duration MAX_CHARGE = Duration.ofSeconds(60);

  private static final Duration MAX_SILENCE = Duration.ofSeconds(30);

  private final RetryPolicy policy;
  private final Consumer<String> log;
  private Duration spent = Duration.ZERO;
  private int failures;
  private int inRow;

  /**
   * Starts with the whole budget.
   *
   * @param log receives a line for each retry
   */
  public Retries(RetryPolicy policy, Consumer<String> log) {
    this.policy = policy;
    this.log = log;
  }

  /** Makes the next pause short again. */
  public void succeeded() {
    inRow = 0;
  }

  /**
   * Waits before the next attempt.
   *
   * @param failure why the attempt failed
   * @param took how long the attempt took
   * @param retryAfter how long the server asks to wait
   * @throws BuildException if the budget is spent; its message is that of the failure, with the
   *     number of attempts
   * @throws BuildCancelledException if the thread was interrupted; it stays so
   */
  public void pause(BuildException failure, Duration took, Optional<Duration> retryAfter)
      throws BuildException {
    failures++;
    inRow++;
    Duration pause = policy.pauseAfter(inRow);
    if (retryAfter.isPresent() && retryAfter.get().compareTo(pause) > 0) {
      pause = retryAfter.get();
    }
    spent = spent.plus(took.compareTo(MAX_CHARGE) > 0 ? MAX_CHARGE : took).plus(pause);
    if (spent.compareTo(policy.budget()) > 0) {
      throw new BuildException(
          failure.getMessage()
              + (retryAfter.isPresent()
                  ? ". The server asks to wait " + retryAfter.get().toSeconds() + " s"
                  : "")
              + ". Gave up after "
              + (failures == 1 ? "1 attempt" : failures + " attempts")
              + ", since no more than "
              + policy.budget().toSeconds()
              + " s are spent on failed ones",
          failure);
    }
    log.accept(failure.getMessage() + ". Retrying in " + pause.toMillis() + " ms");
    await(pause);
  }

  /** A user sees a sign of life while a server asks to wait for minutes. */
  private void await(Duration pause) throws BuildException {
    Duration left = pause;
    while (left.compareTo(MAX_SILENCE) > 0) {
      policy.await(MAX_SILENCE);
      left = left.minus(MAX_SILENCE);
      log.accept("Retrying in " + left.toSeconds() + " s");
    }
    policy.await(left);
  }
}
