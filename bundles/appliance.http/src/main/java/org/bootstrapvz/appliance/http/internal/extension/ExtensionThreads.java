/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.extension;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.bootstrapvz.appliance.api.operations.Durations;
import org.bootstrapvz.appliance.http.internal.HttpConfiguration;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The threads in which resources and authenticators of other bundles run, so that code that hangs
 * does not occupy a thread of the server.
 */
@Component(
    service = ExtensionThreads.class,
    configurationPid = HttpConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ExtensionThreads {
  private final Duration timeout;
  private final ExecutorService workers =
      Executors.newCachedThreadPool(task -> daemon(task, "bootstrap-vz HTTP extension"));
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> daemon(task, "bootstrap-vz HTTP extension timeout"));

  /** Called by the container. */
  @Activate
  public ExtensionThreads(HttpConfiguration configuration) {
    this(Durations.parse(configuration.extensionTimeout()));
  }

  /**
   * Threads.
   *
   * @param timeout after which a call is interrupted
   */
  public static ExtensionThreads of(Duration timeout) {
    return new ExtensionThreads(timeout);
  }

  private ExtensionThreads(Duration timeout) {
    this.timeout = timeout;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Guards the calls of a service of another bundle. */
  public ExtensionGuard guard(Bundle bundle) {
    return guard(bundle.getSymbolicName() + " " + bundle.getVersion());
  }

  /** Guards the calls of a service of a bundle of this name. */
  public ExtensionGuard guard(String bundle) {
    return new ExtensionGuard(bundle, timeout, workers, timer);
  }

  /** Interrupts all calls. */
  @Deactivate
  public void close() {
    workers.shutdownNow();
    timer.shutdownNow();
  }
}
