/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.queue.internal.store.QueueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the leases on the builds that run here, and cancels those that another appliance has or
 * may have taken. Only monotonic time counts. Two threads, as a renewal waits as long as the
 * database does not answer.
 */
final class Leases implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

  /** How often a lease is renewed and checked while another appliance waits for a heartbeat. */
  private static final int CHECKS_PER_HEARTBEAT = 4;

  private final String instance;
  private final QueueStore queue;
  private final BuildRunner runner;
  private final List<ScheduledExecutorService> threads =
      List.of(thread("bootstrap-vz leases"), thread("bootstrap-vz lease watch"));

  Leases(String instance, QueueStore queue, BuildRunner runner) {
    this.instance = instance;
    this.queue = queue;
    this.runner = runner;
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, name));
  }

  void start(Duration heartbeat) {
    long interval = Math.max(1, heartbeat.toMillis() / CHECKS_PER_HEARTBEAT);
    threads.get(0).scheduleWithFixedDelay(this::renew, interval, interval, TimeUnit.MILLISECONDS);
    threads
        .get(1)
        .scheduleWithFixedDelay(runner::cancelUnproven, interval, interval, TimeUnit.MILLISECONDS);
  }

  private void renew() {
    try {
      for (RunningBuild build : runner.builds()) {
        long asked = System.nanoTime();
        if (queue.renew(build.id(), build.fence(), instance)) {
          build.proven(asked);
        } else {
          runner.lose(build, "Another appliance has taken the build");
        }
      }
    } catch (BuildsException e) {
      LOG.debug("The leases on the running builds are not renewed", e);
    } catch (RuntimeException e) {
      LOG.error("Could not renew the leases on the running builds; trying again", e);
    }
  }

  @Override
  public void close() {
    threads.forEach(ScheduledExecutorService::shutdown);
  }
}
