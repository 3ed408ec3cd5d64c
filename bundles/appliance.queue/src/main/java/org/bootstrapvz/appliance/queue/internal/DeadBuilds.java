/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
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

  /** {@link System#nanoTime} since when the database has been reachable; empty if it is not. */
  private volatile Optional<Long> reachableSince = Optional.empty();

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

  /** Whether the database can be reached, as found a moment ago. */
  void reachable(boolean reachable) {
    if (!reachable) {
      reachableSince = Optional.empty();
    } else if (reachableSince.isEmpty()) {
      reachableSince = Optional.of(System.nanoTime());
    }
  }

  /** Whether a build that was interrupted in this attempt is queued again. */
  boolean queuesAgain(int attempt) {
    return queueAgain && attempt < MAX_ATTEMPTS;
  }

  /** Called by db-scheduler for a build whose worker sends no heartbeats. */
  void found(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    long id = Long.parseLong(complete.getExecution().taskInstance.getId());
    boolean mine = instance.equals(complete.getExecution().pickedBy);
    if (mine ? runsHere.test(id) : !othersCouldSendHeartbeats()) {
      return;
    }
    Optional<BuildSummary> summary = stores.history().summary(id);
    if (summary.isEmpty() || summary.get().state().ended()) {
      operations.stop();
      return;
    }
    if (summary.get().state() == BuildState.RUNNING) {
      String reason = "The appliance " + summary.get().appliance() + " died while it was building";
      LOG.warn("Build {} was interrupted: {}", id, reason);
      if (!queuesAgain(summary.get().attempt())) {
        stores.queue().interrupt(id, reason);
        operations.stop();
        changed.accept(id);
        return;
      }
      stores.queue().requeue(id);
    }
    operations.reschedule(complete, QueueStore.due(id));
    changed.accept(id);
  }

  /**
   * While the database could not be reached, nobody could store a heartbeat. The other appliances
   * are considered dead only if they could have stored one since.
   */
  private boolean othersCouldSendHeartbeats() {
    return reachableSince.filter(since -> System.nanoTime() - since > grace.toNanos()).isPresent();
  }
}
