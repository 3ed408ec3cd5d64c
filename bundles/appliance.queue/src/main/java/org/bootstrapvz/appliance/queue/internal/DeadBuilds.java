/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.bootstrapvz.appliance.queue.internal.store.QueueStore;
import org.bootstrapvz.appliance.queue.internal.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Interrupts or queues again the builds of appliances that have stopped to send heartbeats. */
final class DeadBuilds {
  private static final Logger LOG = LoggerFactory.getLogger(DeadBuilds.class);

  /** A build with this many attempts is not queued again: it may be what crashes the machine. */
  private static final int MAX_ATTEMPTS = 3;

  private final String instance;
  private final boolean queueAgain;
  private final Duration grace;
  private final Stores stores;
  private final LongPredicate runsHere;
  private final LongConsumer changed;

  /**
   * A heartbeat as this appliance found it.
   *
   * @param since {@link System#nanoTime} when it was found first
   */
  private record Found(QueueStore.Heartbeat heartbeat, long since) {}

  /**
   * The last heartbeat of each build that an appliance has picked. A build is considered dead only
   * if its heartbeat has not changed for as long as this appliance looked: no clock that jumps, not
   * even that of the database, makes a living appliance dead.
   */
  private final Map<Long, Found> heartbeats = new ConcurrentHashMap<>();

  /**
   * @param instance of this appliance
   * @param queueAgain whether interrupted builds are queued again
   * @param grace after this time without a heartbeat an appliance is considered dead
   * @param runsHere whether a build is running in this process
   * @param changed receives the number of a build whose state has changed
   */
  DeadBuilds(
      String instance,
      boolean queueAgain,
      Duration grace,
      Stores stores,
      LongPredicate runsHere,
      LongConsumer changed) {
    this.instance = instance;
    this.queueAgain = queueAgain;
    this.grace = grace;
    this.stores = stores;
    this.runsHere = runsHere;
    this.changed = changed;
  }

  /** The heartbeats of all builds that are picked, as found now. */
  void observe(Map<Long, QueueStore.Heartbeat> found) {
    heartbeats.keySet().retainAll(found.keySet());
    long now = System.nanoTime();
    found.forEach(
        (id, heartbeat) ->
            heartbeats.compute(
                id,
                (key, last) ->
                    last != null && last.heartbeat().equals(heartbeat)
                        ? last
                        : new Found(heartbeat, now)));
  }

  /**
   * While the database cannot be reached, nobody can store a heartbeat: the time does not count.
   */
  void unreachable() {
    heartbeats.clear();
  }

  private boolean isSilent(long id, Execution picked) {
    Found last = heartbeats.get(id);
    return last != null
        && last.heartbeat()
            .equals(new QueueStore.Heartbeat(picked.pickedBy, picked.lastHeartbeat, picked.version))
        && System.nanoTime() - last.since() > grace.toNanos();
  }

  /** Whether a build that was interrupted in this attempt is queued again. */
  boolean queuesAgain(int attempt) {
    return queueAgain && attempt < MAX_ATTEMPTS;
  }

  /** Called by db-scheduler for a build whose worker sends no heartbeats. */
  void found(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    Execution picked = complete.getExecution();
    long id = Long.parseLong(picked.getId());
    boolean mine = instance.equals(picked.pickedBy);
    if (mine ? runsHere.test(id) : !isSilent(id, picked)) {
      return;
    }
    Optional<QueueStore.Running> run = stores.queue().running(id);
    if (run.isPresent()) {
      long fence = run.get().fence();
      String reason = "The appliance " + run.get().appliance() + " died while it was building";
      if (!queuesAgain(run.get().attempt())) {
        if (stores.queue().interrupt(id, fence, reason)) {
          LOG.warn("Build {} was interrupted: {}", id, reason);
          operations.stop();
          changed.accept(id);
        }
        return;
      }
      if (!stores.queue().requeue(id, fence)) {
        return; // It ended or was taken by another in this moment.
      }
      LOG.warn("Build {} was interrupted: {}", id, reason);
    } else if (stores.history().summary(id).map(build -> build.state().ended()).orElse(true)) {
      operations.stop();
      return;
    }
    operations.reschedule(complete, QueueStore.due(id));
    changed.accept(id);
  }
}
