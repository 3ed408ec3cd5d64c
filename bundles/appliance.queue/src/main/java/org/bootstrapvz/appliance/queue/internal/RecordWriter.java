/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.queue.internal.store.Batch;
import org.bootstrapvz.appliance.queue.internal.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the records of running builds in the database, several times a second and in one thread,
 * so that no build waits for the database. What cannot be stored is tried again.
 */
final class RecordWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);
  private static final long INTERVAL_MILLIS = 200;

  private final Stores stores;
  private final String instance;
  private final LongConsumer subscribers;
  private final Map<Long, BuildRecord> records = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "bootstrap-vz records"));
  private volatile boolean reachable = true;

  /**
   * @param subscribers receives the number of a build that has changed
   */
  RecordWriter(Stores stores, String instance, LongConsumer subscribers) {
    this.stores = stores;
    this.instance = instance;
    this.subscribers = subscribers;
    thread.scheduleWithFixedDelay(
        this::writeAll, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  Stores stores() {
    return stores;
  }

  void notifySubscribers(long build) {
    subscribers.accept(build);
  }

  /** Whether the database accepted the last batch. */
  boolean isReachable() {
    return reachable;
  }

  void add(BuildRecord record) {
    records.put(record.build(), record);
  }

  /** The record of a build that is running here. */
  Optional<BuildRecord> of(long build) {
    return Optional.ofNullable(records.get(build));
  }

  /**
   * Waits until everything about a build that has ended is in the database.
   *
   * @param stopping whether to wait no longer for a database that cannot be reached
   */
  void finish(BuildRecord record, BooleanSupplier stopping) throws InterruptedException {
    try {
      thread.execute(this::writeAll);
      while (!record.awaitStored(Duration.ofSeconds(1))
          && (reachable || !stopping.getAsBoolean())) {
        LOG.debug("The end of build {} is not in the database yet", record.build());
      }
    } finally {
      records.remove(record.build(), record);
    }
  }

  /** Stores what a run has recorded, if the database can be reached, and nothing after it. */
  void leave(BuildRecord record) throws InterruptedException {
    try {
      thread.submit(this::writeAll).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      remove(record);
    }
  }

  /** The numbers of the builds that have a record here. */
  Set<Long> builds() {
    return records.keySet();
  }

  private void writeAll() {
    for (BuildRecord record : records.values()) {
      if (record.publish()) {
        subscribers.accept(record.build());
      }
    }
    for (BuildRecord record : records.values()) {
      if (!write(record)) {
        return;
      }
    }
  }

  private boolean write(BuildRecord record) {
    Optional<Batch> batch = record.batch();
    if (batch.isEmpty()) {
      return true;
    }
    try {
      if (stores.records().write(batch.get(), instance)) {
        record.saved(batch.get());
      } else {
        LOG.warn(
            "Build {} was taken away from this appliance; its output is discarded", record.build());
        record.lost();
        remove(record);
      }
      reachable = true;
      if (batch.get().end().isPresent()) {
        subscribers.accept(record.build());
      }
      return true;
    } catch (BuildsException e) {
      if (reachable) {
        LOG.warn("Keeping the records of running builds in memory: {}", e.getMessage());
      }
      reachable = false;
      return false;
    } catch (RuntimeException e) {
      LOG.error("Could not store the record of build {}", record.build(), e);
      discard(record);
      return true;
    }
  }

  private void discard(BuildRecord record) {
    record.abandon();
    remove(record);
  }

  private void remove(BuildRecord record) {
    records.remove(record.build(), record);
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
