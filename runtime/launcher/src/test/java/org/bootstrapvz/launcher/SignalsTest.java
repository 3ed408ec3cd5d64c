/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CountDownLatch;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.Test;

@FailOnStall
class SignalsTest {

  private final Signals signals = new Signals(Thread.currentThread());

  @Test
  void aCommandWithoutASignalReturnsItsStatus() throws Exception {
    assertEquals(7, signals.call(() -> 7));
  }

  @Test
  void aSignalInterruptsTheCommand() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    int status =
        signals.call(
            () -> {
              signals.received();
              never.await();
              return 0;
            });
    assertEquals(Signals.INTERRUPTED, status);
  }

  @Test
  void anInterruptedCommandMaySetItsStatus() throws Exception {
    int status =
        signals.call(
            () -> {
              signals.received();
              return Thread.interrupted() ? 3 : 0;
            });
    assertEquals(3, status);
  }

  @Test
  void afterASignalTheCommandIsNotCalled() throws Exception {
    signals.received();
    int status =
        signals.call(
            () -> {
              throw new AssertionError("called");
            });
    assertEquals(Signals.INTERRUPTED, status);
  }

  @Test
  void theOrderlyEndIsNotInterrupted() throws Exception {
    signals.call(
        () -> {
          signals.received();
          return 0;
        });
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void aSignalAfterTheCommandDoesNotInterruptTheEnd() throws Exception {
    signals.call(() -> 0);
    signals.received();
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void exceptionsOfTheCommandAreNotSwallowed() {
    assertThrows(
        IllegalStateException.class,
        () ->
            signals.call(
                () -> {
                  throw new IllegalStateException();
                }));
  }
}
