/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.events.BuildStateListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

class StateListenersTest {
  private static final long TIMEOUT_SECONDS = 60;

  @TempDir Path directory;

  private final BlockingQueue<String> reported = new LinkedBlockingQueue<>();
  private final CountDownLatch hang = new CountDownLatch(1);
  private TestAppliance appliance;

  @BeforeEach
  void start() throws Exception {
    appliance =
        new TestAppliance(directory, new ScriptedBuilder("provider:kvm"), new TestSettings());
  }

  @AfterEach
  void stop() {
    hang.countDown();
    appliance.close();
    appliance.listeners().close();
  }

  /** A service that counts how often it is acquired and released. */
  private static final class Service implements ComponentServiceObjects<BuildStateListener> {
    private final BuildStateListener listener;
    private final AtomicInteger inUse = new AtomicInteger();

    @SuppressWarnings("unchecked")
    private final ServiceReference<BuildStateListener> reference =
        (ServiceReference<BuildStateListener>)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "hashCode" -> System.identityHashCode(proxy);
                      case "equals" -> proxy == arguments[0];
                      default -> null;
                    });

    Service(BuildStateListener listener) {
      this.listener = listener;
    }

    @Override
    public BuildStateListener getService() {
      inUse.incrementAndGet();
      return listener;
    }

    @Override
    public void ungetService(BuildStateListener service) {
      assertEquals(listener, service);
      inUse.decrementAndGet();
    }

    @Override
    public ServiceReference<BuildStateListener> getServiceReference() {
      return reference;
    }
  }

  private Service add(BuildStateListener listener) {
    Service service = new Service(listener);
    appliance.listeners().addListener(service);
    return service;
  }

  private void record(BuildSummary build) {
    reported.add(build.id() + " " + build.state());
  }

  private String next() throws InterruptedException {
    return String.valueOf(reported.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS));
  }

  /** Until the last state; those before it may be skipped, but never come after it. */
  private void assertReportedUntil(long id, BuildState last) throws InterruptedException {
    String seen = next();
    BuildState before = BuildState.QUEUED;
    while (!seen.equals(id + " " + last)) {
      BuildState state = BuildState.valueOf(seen.substring(seen.indexOf(' ') + 1));
      assertTrue(seen.startsWith(id + " ") && !state.ended(), seen);
      assertTrue(state.compareTo(before) >= 0, seen);
      before = state;
      seen = next();
    }
  }

  @Test
  void aListenerIsNotifiedOfTheStatesOfABuild() throws Exception {
    Service service = add(this::record);

    long id = appliance.submit("log: 1\n").id();
    assertReportedUntil(id, BuildState.SUCCEEDED);
    long failed = appliance.submit("fail: because\n").id();
    assertReportedUntil(failed, BuildState.FAILED);

    TestAppliance.await(() -> service.inUse.get() == 0);
    assertEquals(null, reported.poll());
  }

  @Test
  void aListenerThatThrowsOrHangsDisturbsNeitherBuildsNorOtherListeners() throws Exception {
    add(
        build -> {
          throw new NoClassDefFoundError("org/example/Gone");
        });
    add(build -> hang.await());
    add(this::record);

    long id = appliance.submit("log: 1\n").id();

    assertReportedUntil(id, BuildState.SUCCEEDED);
  }

  @Test
  void aListenerThatIsUnregisteredIsInterruptedAndNotCalledAgain() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    Service service =
        add(
            build -> {
              calls.incrementAndGet();
              called.countDown();
              try {
                hang.await();
              } finally {
                interrupted.countDown();
              }
            });
    appliance.submit("log: 1\n");
    assertTrue(called.await(TIMEOUT_SECONDS, TimeUnit.SECONDS));

    appliance.listeners().removeListener(service.getServiceReference());

    assertTrue(interrupted.await(TIMEOUT_SECONDS, TimeUnit.SECONDS));
    add(this::record);
    long id = appliance.submit("log: 1\n").id();
    String seen = next();
    while (!seen.equals(id + " " + BuildState.SUCCEEDED)) {
      seen = next();
    }
    assertEquals(1, calls.get());
    TestAppliance.await(() -> service.inUse.get() == 0);
  }
}
