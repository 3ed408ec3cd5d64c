/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.queue.internal.store.Batch;
import org.bootstrapvz.appliance.queue.internal.store.BuildStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what running builds record to the database, several times a second and in one thread, so
 * that no build waits for it. What cannot be written is tried again until it can.
 */
final class RecordWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);
  private static final long INTERVAL_MILLIS = 200;

  private final BuildStore store;
  private final String instance;
  private final LongConsumer news;
  private final Map<Long, Recorder> recorders = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "bootstrap-vz records"));
  private volatile boolean reachable = true;

  /**
   * @param news is told the number of a build that has some
   */
  RecordWriter(BuildStore store, String instance, LongConsumer news) {
    this.store = store;
    this.instance = instance;
    this.news = news;
    thread.scheduleWithFixedDelay(
        this::writeAll, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Whether the database took what was written last. */
  boolean isReachable() {
    return reachable;
  }

  void add(Recorder recorder) {
    recorders.put(recorder.build(), recorder);
  }

  /** The recorder of a build that is running here. */
  Optional<Recorder> of(long build) {
    return Optional.ofNullable(recorders.get(build));
  }

  /**
   * Waits until all of a build that has ended is in the database.
   *
   * @param hurry says when a database that cannot be reached is not waited for any more
   */
  void finish(Recorder recorder, BooleanSupplier hurry) throws InterruptedException {
    try {
      thread.execute(this::writeAll);
      while (!recorder.awaitSaved(Duration.ofSeconds(1)) && (reachable || !hurry.getAsBoolean())) {
        LOG.debug("The end of build {} is not in the database yet", recorder.build());
      }
    } finally {
      recorders.remove(recorder.build(), recorder);
    }
  }

  private void writeAll() {
    for (Recorder recorder : recorders.values()) {
      if (recorder.publish()) {
        news.accept(recorder.build());
      }
    }
    for (Recorder recorder : recorders.values()) {
      if (!write(recorder)) {
        return;
      }
    }
  }

  private boolean write(Recorder recorder) {
    Optional<Batch> batch = recorder.batch();
    if (batch.isEmpty()) {
      return true;
    }
    try {
      if (store.write(batch.get(), instance)) {
        recorder.saved(batch.get());
      } else {
        LOG.warn(
            "Build {} counts as run elsewhere or ended; what it does here is not recorded",
            recorder.build());
        recorder.abandon();
        recorders.remove(recorder.build(), recorder);
      }
      reachable = true;
      if (batch.get().end().isPresent()) {
        news.accept(recorder.build());
      }
      return true;
    } catch (BuildsException e) {
      if (reachable) {
        LOG.warn("What builds do is kept in memory: {}", e.getMessage());
      }
      reachable = false;
      return false;
    } catch (RuntimeException e) {
      LOG.error("What build {} does cannot be recorded", recorder.build(), e);
      recorder.abandon();
      recorders.remove(recorder.build(), recorder);
      return true;
    }
  }

  @Override
  public void close() {
    thread.execute(this::writeAll);
    thread.shutdown();
    try {
      thread.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
