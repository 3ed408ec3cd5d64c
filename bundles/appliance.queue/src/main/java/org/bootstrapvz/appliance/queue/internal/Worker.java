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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.history.Finding;
import org.bootstrapvz.appliance.api.history.PhaseTime;
import org.bootstrapvz.appliance.api.operations.Durations;
import org.bootstrapvz.appliance.queue.internal.store.Batch;
import org.bootstrapvz.appliance.queue.internal.store.BuildStore;
import org.bootstrapvz.appliance.queue.internal.store.Database;
import org.bootstrapvz.appliance.queue.internal.store.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs builds from the queue, as many at once as configured. db-scheduler sees to it that a build
 * is picked by one worker, and tells which workers have died.
 */
final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /**
   * A build that was interrupted as often is not queued again: it may be what kills the machine.
   */
  private static final int ATTEMPTS = 3;

  private static final int MISSED_HEARTBEATS = 4;

  /** How long a cancelled build may take to give back what it holds when the appliance stops. */
  private static final Duration GIVING_BACK = Duration.ofMinutes(2);

  private static final String STOPPED = "The appliance was stopped";

  private final QueueSettings settings;
  private final String name;
  private final String instance;
  private final Path folder;
  private final Path scratch;
  private final int concurrency;
  private final BuildStore store;
  private final Builder builder;
  private final DiskGuard disk;
  private final RecordWriter writer;
  private final Followers followers;
  private final Scheduler scheduler;
  private final Map<Long, RunningBuild> running = new ConcurrentHashMap<>();
  private final Map<Phase, PhaseTime> phaseTimes = new EnumMap<>(Phase.class);
  private final Object change = new Object();
  private volatile boolean stopping;

  /** {@link System#nanoTime} from which on the database was reachable all the time. */
  private volatile Optional<Long> reachableSince = Optional.empty();

  Worker(
      QueueSettings settings,
      String name,
      String instance,
      Path folder,
      Path scratch,
      int concurrency,
      Database database,
      BuildStore store,
      Builder builder,
      Examiner examiner,
      RecordWriter writer,
      Followers followers) {
    this.settings = settings;
    this.name = name;
    this.instance = instance;
    this.folder = folder;
    this.scratch = scratch;
    this.concurrency = concurrency;
    this.store = store;
    this.builder = builder;
    this.disk = new DiskGuard(folder, Bytes.parse(settings.minFreeSpace()).count(), examiner);
    this.writer = writer;
    this.followers = followers;
    CustomTask<Void> task =
        Tasks.custom(BuildStore.TASK, Void.class)
            .onDeadExecution(this::dead)
            .execute((picked, context) -> run(Long.parseLong(picked.getId())));
    scheduler =
        Scheduler.create(database.dataSource(), task)
            .schedulerName(new SchedulerName.Fixed(instance))
            .threads(concurrency)
            // Picks just as many as there are free threads: who waits stays in the queue, where
            // priorities count and other workers see it.
            .pollUsingLockAndFetch(0.99, 1.0)
            .enablePriority()
            .jdbcCustomization(new EligibleBuilds(examiner::offers))
            .pollingInterval(Durations.parse(settings.pollInterval()))
            .heartbeatInterval(Durations.parse(settings.heartbeatInterval()))
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .failureLogging(LogLevel.WARN, false)
            .shutdownMaxWait(GIVING_BACK)
            .build();
  }

  /** Begins to take builds. What this appliance was running when it died counts as dead. */
  void start() {
    store.disown(instance);
    builder.recover(told -> LOG.warn("{}", told));
    scheduler.start();
  }

  /** Looks for builds now. */
  void wake() {
    scheduler.triggerCheckForDueExecutions();
  }

  /** Whether the database can be reached, as somebody found who asked it a moment ago. */
  void reachable(boolean reachable) {
    if (!reachable) {
      reachableSince = Optional.empty();
    } else if (reachableSince.isEmpty()) {
      reachableSince = Optional.of(System.nanoTime());
    }
  }

  int running() {
    return running.size();
  }

  /** Cancels a build if it runs here; answers whether it did, and had not ended. */
  boolean cancel(long id) {
    RunningBuild build = running.get(id);
    return build != null && build.cancel();
  }

  Map<Phase, PhaseTime> phaseTimes() {
    synchronized (phaseTimes) {
      return new EnumMap<>(phaseTimes);
    }
  }

  private void addPhaseTime(Phase phase, Duration duration) {
    synchronized (phaseTimes) {
      phaseTimes.merge(
          phase,
          new PhaseTime(1, duration),
          (a, b) -> new PhaseTime(a.builds() + b.builds(), a.total().plus(b.total())));
    }
  }

  /** The folder of a build, with its artefacts afterwards. */
  Path folder(long id) {
    return folder.resolve(Long.toString(id));
  }

  // --- a build ---

  private CompletionHandler<Void> run(long id) {
    // What is logged by this thread and those it starts names the build.
    MDC.put("build", Long.toString(id));
    try {
      return runNow(id);
    } finally {
      MDC.remove("build");
    }
  }

  private CompletionHandler<Void> runNow(long id) {
    if (stopping) {
      return (complete, operations) -> operations.reschedule(complete, BuildStore.due(id));
    }
    Optional<BuildStore.Begun> begun = store.begin(id, name, instance);
    if (begun.isEmpty()) {
      return new CompletionHandler.OnCompleteRemove<>();
    }
    Recorder recorder =
        new Recorder(
            id,
            begun.get(),
            Bytes.parse(settings.maxLogSize()).count(),
            writer::isReachable,
            this::addPhaseTime);
    writer.add(recorder);
    recorder.add("started", Map.of("appliance", name, "attempt", begun.get().attempt()));
    LOG.info("Build {} begins", id);
    Batch.End end;
    try {
      end = build(id, begun.get().manifest(), recorder);
    } catch (IOException | RuntimeException e) {
      LOG.error("Build {} failed for a reason of the appliance", id, e);
      end = failed("The appliance could not run the build in " + folder + ": " + e.getMessage());
    }
    if (end.state() == BuildState.INTERRUPTED && queueAgain(begun.get().attempt())) {
      return queueAgain(id);
    }
    recorder.end(end);
    try {
      writer.finish(recorder, () -> stopping);
    } catch (InterruptedException e) {
      // The database is away and the appliance is stopped: the next start sees that the build died.
      Thread.currentThread().interrupt();
    }
    LOG.info(
        "Build {} ended: {}{}",
        id,
        end.state(),
        end.error().isEmpty() ? "" : ": " + end.error().lines().findFirst().orElse(""));
    return new CompletionHandler.OnCompleteRemove<>();
  }

  private boolean queueAgain(int attempt) {
    return settings.interrupted() == QueueSettings.Interrupted.QUEUE && attempt < ATTEMPTS;
  }

  private CompletionHandler<Void> queueAgain(long id) {
    return (complete, operations) -> {
      store.requeue(id);
      operations.reschedule(complete, BuildStore.due(id));
      followers.tell(id);
    };
  }

  private Batch.End build(long id, String manifest, Recorder recorder) throws IOException {
    Path place = folder(id);
    Files.createDirectories(place);
    Path file = scratch.resolve(id + ".yml");
    try {
      // The manifest may hold passwords.
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, manifest, StandardOpenOption.WRITE);
      RunningBuild build =
          new RunningBuild(
              id,
              disk.setAside(file),
              () ->
                  disk.build(
                      builder,
                      new BuildRequest(file, false, settings.installMissing(), Optional.of(place)),
                      recorder));
      synchronized (change) {
        long reserved = running.values().stream().mapToLong(RunningBuild::neededBytes).sum();
        Optional<String> tooFull = disk.lackOfRoom(build.neededBytes(), reserved);
        if (tooFull.isPresent()) {
          return failed(tooFull.get());
        }
        running.put(id, build);
      }
      try {
        return end(build.run(), build.isCancelled());
      } finally {
        synchronized (change) {
          running.remove(id);
          change.notifyAll();
        }
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Batch.End end(BuildResult result, boolean cancelled) {
    BuildState state =
        switch (result.status()) {
          case SUCCEEDED -> BuildState.SUCCEEDED;
          case REJECTED -> BuildState.REJECTED;
          case FAILED -> BuildState.FAILED;
          case CANCELLED -> stopping ? BuildState.INTERRUPTED : BuildState.CANCELLED;
        };
    String error =
        state == BuildState.INTERRUPTED
            ? STOPPED
            : state == BuildState.REJECTED
                ? "The manifest has errors"
                : result
                    .error()
                    .orElse(cancelled && state == BuildState.CANCELLED ? "Cancelled" : "");
    Map<String, Long> phases = new TreeMap<>();
    result.phases().forEach((phase, duration) -> phases.put(phase.name(), duration.toMillis()));
    return new Batch.End(
        state,
        withoutNul(error),
        Json.write(result.problems().stream().map(Finding::of).toList()),
        Json.write(phases),
        Json.write(result.notReleased()));
  }

  private static Batch.End failed(String error) {
    return new Batch.End(BuildState.FAILED, withoutNul(error), "[]", "{}", "[]");
  }

  private static String withoutNul(String text) {
    return text.replace('\0', '\uFFFD');
  }

  // --- the dead ---

  /** A build whose worker gives no sign of life. */
  private void dead(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    long id = Long.parseLong(complete.getExecution().taskInstance.getId());
    boolean mine = instance.equals(complete.getExecution().pickedBy);
    if (mine ? running.containsKey(id) || writer.of(id).isPresent() : !othersHadTheirChance()) {
      return;
    }
    Optional<BuildSummary> summary = store.summary(id);
    if (summary.isEmpty() || summary.get().state().ended()) {
      operations.stop();
      return;
    }
    if (summary.get().state() == BuildState.RUNNING) {
      String dead = "The appliance " + summary.get().appliance() + " died while it was building";
      LOG.warn("Build {} was interrupted: {}", id, dead);
      if (!queueAgain(summary.get().attempt())) {
        store.interrupt(id, dead);
        operations.stop();
        followers.tell(id);
        return;
      }
      store.requeue(id);
    }
    operations.reschedule(complete, BuildStore.due(id));
    followers.tell(id);
    wake();
  }

  /**
   * After the database was away nobody has a fresh sign of life in it. Others are taken for dead
   * only if they could have given one since.
   */
  private boolean othersHadTheirChance() {
    long grace =
        Durations.parse(settings.heartbeatInterval()).multipliedBy(MISSED_HEARTBEATS).toNanos();
    return reachableSince.filter(since -> System.nanoTime() - since > grace).isPresent();
  }

  // --- the end ---

  /** Takes no more builds, waits for those that run as long as configured, then cancels them. */
  @Override
  public void close() {
    stopping = true;
    scheduler.pause();
    try {
      synchronized (change) {
        long deadline = System.nanoTime() + Durations.parse(settings.stopTimeout()).toNanos();
        long left = deadline - System.nanoTime();
        while (!running.isEmpty() && left > 0) {
          TimeUnit.NANOSECONDS.timedWait(change, left);
          left = deadline - System.nanoTime();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List.copyOf(running.values()).forEach(RunningBuild::cancel);
    scheduler.stop();
  }

  int concurrency() {
    return concurrency;
  }
}
