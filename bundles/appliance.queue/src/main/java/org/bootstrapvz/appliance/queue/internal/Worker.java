/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.history.PhaseTime;
import org.bootstrapvz.appliance.api.operations.Durations;
import org.bootstrapvz.appliance.queue.internal.store.Batch;
import org.bootstrapvz.appliance.queue.internal.store.QueueStore;
import org.bootstrapvz.appliance.queue.internal.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Takes builds from the queue and runs them, as many at once as configured. db-scheduler ensures
 * that one worker picks a build, and finds the builds of workers that have died.
 */
final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final int MISSED_HEARTBEATS = 4;

  /** How long a cancelled build may take to release its resources when the appliance stops. */
  private static final Duration RELEASE_TIMEOUT = Duration.ofMinutes(2);

  private final QueueSettings settings;
  private final BuildSite site;
  private final Stores stores;
  private final BuildRunner runner;
  private final RecordWriter writer;
  private final StateChanges changes;
  private final int concurrency;
  private final PhaseTimes phaseTimes = new PhaseTimes();
  private final DeadBuilds dead;
  private final Scheduler scheduler;

  Worker(
      QueueSettings settings,
      BuildSite site,
      int concurrency,
      DataSource database,
      EligibleBuilds eligible,
      BuildRunner runner,
      RecordWriter writer,
      StateChanges changes) {
    this.settings = settings;
    this.site = site;
    this.stores = writer.stores();
    this.runner = runner;
    this.writer = writer;
    this.changes = changes;
    this.concurrency = concurrency;
    Duration heartbeat = Durations.parse(settings.heartbeatInterval());
    dead =
        new DeadBuilds(
            site.instance(),
            settings.interrupted() == QueueSettings.Interrupted.QUEUE,
            heartbeat.multipliedBy(MISSED_HEARTBEATS),
            stores,
            id -> runner.isRunning(id) || writer.of(id).isPresent(),
            this::changed);
    CustomTask<Void> task =
        Tasks.custom(QueueStore.TASK, Void.class)
            .onDeadExecution(dead::found)
            .execute((picked, context) -> run(Long.parseLong(picked.getId())));
    scheduler =
        Scheduler.create(database, task)
            .schedulerName(new SchedulerName.Fixed(site.instance()))
            .threads(concurrency)
            // Picks as many builds as there are free threads: those that wait stay in the queue,
            // where priorities apply and other workers see them.
            .pollUsingLockAndFetch(0.99, 1.0)
            .enablePriority()
            .jdbcCustomization(eligible)
            .pollingInterval(Durations.parse(settings.pollInterval()))
            .heartbeatInterval(heartbeat)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .failureLogging(LogLevel.WARN, false)
            .shutdownMaxWait(RELEASE_TIMEOUT)
            .build();
  }

  /** Starts to take builds. Builds that this appliance was running when it died are dead. */
  void start() {
    stores.queue().disown(site.instance());
    runner.recover();
    scheduler.start();
  }

  /** Looks for builds now. */
  void wake() {
    scheduler.triggerCheckForDueExecutions();
  }

  /** Whether the database can be reached, as found a moment ago. */
  void reachable(boolean reachable) {
    dead.reachable(reachable);
  }

  int concurrency() {
    return concurrency;
  }

  Map<Phase, PhaseTime> phaseTimes() {
    return phaseTimes.get();
  }

  /** The state of a build was changed in the database. */
  void changed(long id) {
    changes.check(id);
    writer.notifySubscribers(id);
    wake();
  }

  private CompletionHandler<Void> run(long id) {
    // Records logged by this thread and those it starts name the build.
    MDC.put("build", Long.toString(id));
    try {
      return runNow(id);
    } finally {
      MDC.remove("build");
    }
  }

  private CompletionHandler<Void> runNow(long id) {
    if (runner.isStopping()) {
      return (complete, operations) -> operations.reschedule(complete, QueueStore.due(id));
    }
    Optional<QueueStore.Begun> begun = stores.queue().begin(id, site.appliance(), site.instance());
    if (begun.isEmpty()) {
      return new CompletionHandler.OnCompleteRemove<>();
    }
    BuildRecord record =
        new BuildRecord(
            id,
            begun.get(),
            Bytes.parse(settings.maxLogSize()).count(),
            writer::isReachable,
            new LogOverflow(site.directory(id), site.directory().toFile()::getUsableSpace));
    writer.add(record);
    changes.check(id);
    record.add("started", Map.of("appliance", site.appliance(), "attempt", begun.get().attempt()));
    LOG.info("Build {} started", id);
    Batch.End end;
    try {
      end = runner.run(id, begun.get().manifest(), new BuildRecorder(record, phaseTimes::add));
    } catch (Throwable e) {
      // Whatever is thrown, also by a plugin, the build must not stay in the state running.
      LOG.error("Build {} failed in the appliance", id, e);
      end =
          BuildRunner.failed(
              "The appliance could not run the build in "
                  + site.directory()
                  + ": "
                  + (e instanceof Error ? e.toString() : e.getMessage()));
    } finally {
      record.close();
    }
    if (end.state() == BuildState.INTERRUPTED && dead.queuesAgain(begun.get().attempt())) {
      return (complete, operations) -> {
        stores.queue().requeue(id);
        operations.reschedule(complete, QueueStore.due(id));
        changes.check(id);
        writer.notifySubscribers(id);
      };
    }
    record.end(end);
    try {
      writer.finish(record, runner::isStopping);
    } catch (InterruptedException e) {
      // The database is away and the appliance is stopping: the next start finds the build dead.
      Thread.currentThread().interrupt();
    }
    changes.check(id);
    LOG.info(
        "Build {} ended: {}{}",
        id,
        end.state(),
        end.error().isEmpty() ? "" : ": " + end.error().lines().findFirst().orElse(""));
    return new CompletionHandler.OnCompleteRemove<>();
  }

  /** Takes no more builds, waits for running builds as long as configured, then cancels them. */
  @Override
  public void close() {
    runner.stop();
    scheduler.pause();
    runner.finish(Durations.parse(settings.stopTimeout()));
    scheduler.stop();
  }
}
