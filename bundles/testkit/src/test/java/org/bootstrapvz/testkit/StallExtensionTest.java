/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

class StallExtensionTest {
  private static final Duration STEP = Duration.ofMillis(10);
  private final StallExtension extension =
      new StallExtension(new StallDetector(() -> 0, () -> 0, Duration.ofMillis(30), 0.02, STEP));

  @SuppressWarnings("unchecked")
  private static ReflectiveInvocationContext<Method> method() throws NoSuchMethodException {
    Method method = StallExtensionTest.class.getDeclaredMethod("method");
    return (ReflectiveInvocationContext<Method>)
        Proxy.newProxyInstance(
            StallExtensionTest.class.getClassLoader(),
            new Class<?>[] {ReflectiveInvocationContext.class},
            (proxy, called, arguments) -> method);
  }

  private void run(Invocation<Void> test) throws Throwable {
    extension.interceptTestMethod(test, method(), null);
  }

  @Test
  void aTestThatWaitsForeverIsInterruptedAndFailsWithTheReason() {
    CountDownLatch never = new CountDownLatch(1);
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                run(
                    () -> {
                      never.await();
                      return null;
                    }));
    assertEquals("method: no progress for 0 s", error.getMessage());
    assertInstanceOf(InterruptedException.class, error.getSuppressed()[0]);
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void aTestThatEndsKeepsItsOwnFailureAndItsInterrupt() {
    IllegalStateException own = new IllegalStateException("own");
    Throwable thrown =
        assertThrows(
            Throwable.class,
            () ->
                run(
                    () -> {
                      Thread.currentThread().interrupt();
                      throw own;
                    }));
    assertSame(own, thrown);
    assertEquals(true, Thread.interrupted());
  }
}
