/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.bootstrapvz.engine.internal.deploy.Bundles.StartFailure;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.Test;

@FailOnStall
class BundleStarterTest {
  private final CountDownLatch late = new CountDownLatch(1);

  @Test
  void theFailureOfAStartIsReported() {
    BundleStarter starter = new BundleStarter(Duration.ofMinutes(1), late::countDown);
    Optional<StartFailure> failure = Optional.of(new StartFailure("lacks something", false));
    assertEquals(failure, starter.run(1, () -> failure));
    assertEquals(Optional.empty(), starter.run(1, Optional::empty));
    assertFalse(starter.isRunning(1));
    assertEquals(1, late.getCount(), "it was in time");
  }

  @Test
  void aStartThatHangsIsInterruptedAndReported() throws Exception {
    BundleStarter starter = new BundleStarter(Duration.ofMillis(1), late::countDown);
    CountDownLatch never = new CountDownLatch(1);
    StartFailure failure =
        starter
            .run(
                1,
                () -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    return Optional.of(new StartFailure("was interrupted", true));
                  }
                  return Optional.empty();
                })
            .orElseThrow();
    assertTrue(failure.ownFault());
    assertTrue(failure.problem().endsWith("does not return"), failure.problem());
    late.await();
    assertFalse(starter.isRunning(1));
  }

  @Test
  void aStartThatIgnoresTheInterruptIsNotStartedTwice() throws Exception {
    BundleStarter starter = new BundleStarter(Duration.ofMillis(1), late::countDown);
    CountDownLatch goOn = new CountDownLatch(1);
    Supplier<Optional<StartFailure>> deaf =
        () -> {
          while (goOn.getCount() > 0) {
            Thread.onSpinWait();
          }
          return Optional.empty();
        };
    assertTrue(starter.run(1, deaf).isPresent());
    assertTrue(starter.isRunning(1));
    Supplier<Optional<StartFailure>> again =
        () -> {
          throw new AssertionError("started again");
        };
    assertTrue(starter.run(1, again).isPresent());
    goOn.countDown();
    late.await();
    assertFalse(starter.isRunning(1));
  }
}
