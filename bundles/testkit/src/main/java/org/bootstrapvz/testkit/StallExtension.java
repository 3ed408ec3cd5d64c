/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Watches the thread of each test, and of the methods that run before and after it. */
final class StallExtension implements InvocationInterceptor {
  private final StallDetector detector;

  StallExtension() {
    this(StallDetector.ofThisProcess());
  }

  StallExtension(StallDetector detector) {
    this.detector = detector;
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    watch(invocation, method);
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    watch(invocation, method);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    watch(invocation, method);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    watch(invocation, method);
  }

  private void watch(Invocation<Void> invocation, ReflectiveInvocationContext<Method> method)
      throws Throwable {
    Watch watch = new Watch(Thread.currentThread(), method.getExecutable().getName());
    Thread watcher = new Thread(watch, "stall detector");
    watcher.setDaemon(true);
    watcher.start();
    try {
      invocation.proceed();
    } catch (Throwable e) {
      watch.end(watcher);
      if (watch.stall != null) {
        watch.stall.addSuppressed(e);
        throw watch.stall;
      }
      throw e;
    }
    watch.end(watcher);
    if (watch.stall != null) {
      throw watch.stall;
    }
  }

  private final class Watch implements Runnable {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread test;
    private final String name;

    /** Read after the watcher has ended. */
    private @Nullable AssertionError stall;

    Watch(Thread test, String name) {
      this.test = test;
      this.name = name;
    }

    @Override
    public void run() {
      try {
        detector.await(() -> name, time -> ended.await(time.toNanos(), TimeUnit.NANOSECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (AssertionError e) {
        e.setStackTrace(test.getStackTrace());
        stall = e;
        test.interrupt();
      }
    }

    void end(Thread watcher) throws InterruptedException {
      ended.countDown();
      boolean interrupted = Thread.interrupted();
      watcher.join();
      // The failure of the test reports the interrupt by the watcher.
      boolean ours = stall != null;
      Thread.interrupted();
      if (interrupted && !ours) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
