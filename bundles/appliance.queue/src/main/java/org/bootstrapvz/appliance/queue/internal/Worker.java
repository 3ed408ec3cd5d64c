/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.api.history.PhaseTime;
import org.bootstrapvz.appliance.api.operations.Durations;
import org.bootstrapvz.appliance.queue.internal.store.Batch;
import org.bootstrapvz.appliance.queue.internal.store.Database;
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

  private static final Duration PAUSE_AFTER_INTERNAL_ERROR = Duration.ofMinutes(5);

  /** The last heartbeat interval of a lease is for cancelling the build. */
  static Duration lease(QueueSettings settings) {
    return Durations.parse(settings.heartbeatInterval()).multipliedBy(MISSED_HEARTBEATS - 1);
  }

  /** How long a cancelled build may take to release its resources when the appliance stops. */
  private static final Duration RELEASE_TIMEOUT = Duration.ofMinutes(2);

  private final QueueSettings settings;
  private final BuildSite site;
  private final Stores stores;
  private final BuildRunner runner;
  private final RecordWriter writer;
  private final BuildDirectories directories;
  private final StateChanges changes;
  private final int concurrency;
  private final PhaseTimes phaseTimes = new PhaseTimes();
  private final DeadBuilds dead;
  private final Scheduler scheduler;

  Worker(
      QueueSettings settings,
      BuildSite site,
      int concurrency,
      Database database,
      BuildDirectories directories,
      EligibleBuilds eligible,
      BuildRunner runner,
      RecordWriter writer,
      StateChanges changes) {
    this.settings = settings;
    this.site = site;
    this.stores = writer.stores();
    this.runner = runner;
    this.writer = writer;
    this.directories = directories;
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
            .onFailure(Worker::putBack)
            .execute((picked, context) -> run(Long.parseLong(picked.getId())));
    scheduler =
        Scheduler.create(database.dataSource(), task)
            .clock(database::now)
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

  /** Looks for heartbeats; the database can be reached. */
  void observe() {
    dead.observe(stores.queue().heartbeats());
  }

  /** The database cannot be reached. */
  void unreachable() {
    dead.unreachable();
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

  /**
   * The build could not begin. If the database was away for a moment, the next worker takes it; the
   * default of the scheduler is five minutes later.
   */
  private static void putBack(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    boolean away = complete.getCause().filter(BuildsException.class::isInstance).isPresent();
    long id = Long.parseLong(complete.getExecution().taskInstance.getId());
    operations.reschedule(
        complete,
        away ? QueueStore.due(id) : complete.getTimeDone().plus(PAUSE_AFTER_INTERNAL_ERROR));
  }

  private CompletionHandler<Void> runNow(long id) {
    if (runner.isStopping()) {
      return (complete, operations) -> operations.reschedule(complete, QueueStore.due(id));
    }
    long takenAt = System.nanoTime();
    Optional<QueueStore.Begun> begun = stores.queue().begin(id, site.appliance(), site.instance());
    if (begun.isEmpty()) {
      return new CompletionHandler.OnCompleteRemove<>();
    }
    long fence = begun.get().fence();
    BuildRecord record =
        new BuildRecord(
            id,
            begun.get(),
            Bytes.parse(settings.maxLogSize()).count(),
            writer::isReachable,
            new LogOverflow(site.directory(id, fence), site.directory().toFile()::getUsableSpace));
    writer.add(record);
    changes.check(id);
    record.add("started", Map.of("appliance", site.appliance(), "attempt", begun.get().attempt()));
    LOG.info("Build {} started", id);
    Batch.End end;
    try {
      end =
          runner.run(
              id,
              fence,
              takenAt,
              begun.get().manifest(),
              new BuildRecorder(record, phaseTimes::add),
              by -> record.add("cancelled", Map.of("by", by)));
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
    boolean again =
        end.state() == BuildState.INTERRUPTED && dead.queuesAgain(begun.get().attempt());
    try {
      if (again) {
        writer.leave(record);
      } else {
        record.end(end);
        writer.finish(record, runner::isStopping);
      }
    } catch (InterruptedException e) {
      // The database is away and the appliance is stopping: the next start finds the build dead.
      Thread.currentThread().interrupt();
    }
    if (record.isLost()) {
      return lost(id, fence);
    }
    if (again) {
      return (complete, operations) -> {
        if (stores.queue().requeue(id, fence)) {
          operations.reschedule(complete, QueueStore.due(id));
          changes.check(id);
          writer.notifySubscribers(id);
        } else {
          // Everything was stored before it lost the build, so that no write was refused.
          discard(id, fence);
        }
      };
    }
    changes.check(id);
    LOG.info(
        "Build {} ended: {}{}",
        id,
        end.state(),
        end.error().isEmpty() ? "" : ": " + end.error().lines().findFirst().orElse(""));
    return new CompletionHandler.OnCompleteRemove<>();
  }

  /** The build is another run's now: its place in the queue is gone as well. */
  private CompletionHandler<Void> lost(long id, long fence) {
    discard(id, fence);
    return (complete, operations) -> {};
  }

  /** The build is another run's now: this one delivers nothing. */
  private void discard(long id, long fence) {
    directories.delete(id, fence);
    LOG.warn("The run of build {} on this appliance delivers nothing", id);
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
