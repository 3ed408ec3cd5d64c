/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.queue.internal.store.HistoryStore;
import org.bootstrapvz.appliance.queue.internal.store.LostBuilds;
import org.bootstrapvz.appliance.queue.internal.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is due regularly: heartbeats, builds that another appliance wants to be cancelled,
 * changes of builds that other appliances run, retention, and builds that nobody runs. Starts the
 * worker when the database can be reached for the first time.
 */
final class Housekeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
  private static final long RETENTION_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final BuildSite site;
  private final Stores stores;
  private final Examiner examiner;
  private final Worker worker;
  private final BuildRunner runner;
  private final RecordWriter writer;
  private final Subscriptions subscriptions;
  private final Retention retention;
  private final LostBuilds lost;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "bootstrap-vz queue"));

  /** Used only by the thread, as all below. */
  private final Map<Long, HistoryStore.Position> seen = new HashMap<>();

  private boolean started;
  private OptionalLong lastRetention = OptionalLong.empty();

  Housekeeper(
      BuildSite site,
      Examiner examiner,
      Worker worker,
      BuildRunner runner,
      RecordWriter writer,
      Subscriptions subscriptions,
      Retention retention,
      LostBuilds lost) {
    this.site = site;
    this.stores = writer.stores();
    this.examiner = examiner;
    this.worker = worker;
    this.runner = runner;
    this.writer = writer;
    this.subscriptions = subscriptions;
    this.retention = retention;
    this.lost = lost;
  }

  void start(Duration interval) {
    thread.scheduleWithFixedDelay(this::run, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run() {
    try {
      stores.appliances().seen(site.instance(), site.appliance(), examiner.offers());
      worker.observe();
      if (!started) {
        worker.start();
        started = true;
      }
      stores.queue().toCancel(site.instance()).forEach(runner::cancel);
      announceChangesElsewhere();
      long now = System.nanoTime();
      if (lastRetention.isEmpty() || now - lastRetention.getAsLong() >= RETENTION_NANOS) {
        lastRetention = OptionalLong.of(now);
        retention.apply();
        lost.find().forEach(this::interruptLost);
      }
    } catch (BuildsException e) {
      worker.unreachable();
    } catch (RuntimeException e) {
      LOG.error("Internal error in the queue; trying again", e);
    }
  }

  private void interruptLost(LostBuilds.LostRun run) {
    long id = run.id();
    if (stores
        .queue()
        .interrupt(id, run.fence(), "The build was lost: no appliance is running it")) {
      LOG.warn("Build {} was marked as running, but no appliance is running it", id);
      worker.changed(id);
    }
  }

  /** Builds that run on other appliances have no record here that announces changes. */
  private void announceChangesElsewhere() {
    Set<Long> subscribed = new HashSet<>(subscriptions.subscribed());
    seen.keySet().retainAll(subscribed);
    subscribed.removeIf(id -> writer.of(id).isPresent());
    if (!subscribed.isEmpty()) {
      stores
          .history()
          .positions(subscribed)
          .forEach(
              (id, position) -> {
                if (!position.equals(seen.put(id, position))) {
                  subscriptions.announce(id);
                }
              });
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
