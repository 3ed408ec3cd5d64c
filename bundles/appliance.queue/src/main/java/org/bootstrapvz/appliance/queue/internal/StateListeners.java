/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.events.BuildStateListener;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the listeners of plugins. Safe for use by several threads. */
@Component(service = StateListeners.class)
public final class StateListeners {
  private static final Logger LOG = LoggerFactory.getLogger(StateListeners.class);
  private static final int MAX_WAITING_CALLS = 1000;
  private static final long IDLE_THREAD_SECONDS = 10;

  private final Map<ServiceReference<BuildStateListener>, Calls> listeners =
      new ConcurrentHashMap<>();

  /** The calls of one listener. */
  private static final class Calls {
    private final ComponentServiceObjects<BuildStateListener> listener;
    private final ThreadPoolExecutor thread;

    Calls(ComponentServiceObjects<BuildStateListener> listener) {
      this.listener = listener;
      thread =
          new ThreadPoolExecutor(
              1,
              1,
              IDLE_THREAD_SECONDS,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(MAX_WAITING_CALLS),
              task -> {
                Thread created = new Thread(task, "bootstrap-vz listener");
                created.setDaemon(true);
                return created;
              },
              (task, executor) -> {
                if (!executor.isShutdown()) {
                  LOG.warn("The listener {} is too slow; a change is not reported to it", name());
                }
              });
      thread.allowCoreThreadTimeOut(true);
    }

    private String name() {
      return String.valueOf(listener.getServiceReference().getBundle());
    }

    void add(BuildSummary build) {
      thread.execute(() -> call(build));
    }

    private void call(BuildSummary build) {
      BuildStateListener service = listener.getService();
      if (service != null) {
        try {
          service.stateChanged(build);
        } catch (Throwable e) { // The code of a plugin may throw anything.
          LOG.warn("The listener {} failed for build {}", name(), build.id(), e);
        } finally {
          listener.ungetService(service);
        }
      }
    }
  }

  /** Called by the container. */
  @Activate
  public StateListeners() {}

  @Reference(
      service = BuildStateListener.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addListener(ComponentServiceObjects<BuildStateListener> listener) {
    listeners.put(listener.getServiceReference(), new Calls(listener));
  }

  void removeListener(ServiceReference<BuildStateListener> reference) {
    Calls calls = listeners.remove(reference);
    if (calls != null) {
      calls.thread.shutdownNow();
    }
  }

  boolean isEmpty() {
    return listeners.isEmpty();
  }

  void stateChanged(BuildSummary build) {
    listeners.values().forEach(calls -> calls.add(build));
  }

  /** Stops the threads of the listeners. */
  @Deactivate
  public void close() {
    listeners.keySet().forEach(this::removeListener);
  }
}
