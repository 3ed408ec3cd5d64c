/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildListener;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.engine.internal.plan.LeasedPlan;
import org.bootstrapvz.engine.internal.plan.LeasedPlanner;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Runs each build in the thread of its caller. */
@Component
public final class BuilderService implements Builder {
  /** Framework property: the directory for data that outlives a process. */
  static final String STATE = "bootstrapvz.state";

  /** Enough to delete a large tree; a build that waits longer than this starts anyway. */
  private static final Duration LOCAL_LIMIT = Duration.ofSeconds(60);

  private static final Duration NETWORK_LIMIT = Duration.ofSeconds(60);

  private final LeasedPlanner planner;
  private final Machine machine;
  private final Journals journals;
  private final Releaser releaser;
  private final Recovery recovery;
  private final RecoveryRetries retries;
  private final ExecutorService threads = Executors.newCachedThreadPool(BuilderService::thread);

  /** Uses the state directory that the properties of the framework name. */
  @Activate
  public BuilderService(
      BundleContext context,
      @Reference LeasedPlanner planner,
      @Reference Machine machine,
      @Reference ResourceTypes types) {
    this(
        planner,
        machine,
        types,
        Path.of(
            Objects.requireNonNull(
                context.getProperty(STATE), "The framework property " + STATE + " is not set")),
        pause -> LockSupport.parkNanos(pause.toNanos()),
        new RetryTimer(BuilderService::thread),
        LOCAL_LIMIT,
        NETWORK_LIMIT);
  }

  BuilderService(
      LeasedPlanner planner,
      Machine machine,
      ResourceTypes types,
      Path state,
      Consumer<Duration> pause,
      RecoveryRetries.Timer timer,
      Duration localLimit,
      Duration networkLimit) {
    this.planner = planner;
    this.machine = machine;
    this.journals = new Journals(state);
    this.releaser = new Releaser(types, pause);
    this.recovery = new Recovery(journals, releaser, threads, localLimit, networkLimit);
    this.retries = new RecoveryRetries(recovery, timer);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "bootstrap-vz recovery");
    thread.setDaemon(true);
    return thread;
  }

  /** Called by the container. A running recovery stops; the next one continues its work. */
  @Deactivate
  void stop() {
    retries.stop();
    threads.shutdownNow();
  }

  @Override
  public BuildResult build(BuildRequest request, BuildListener listener) {
    long start = System.nanoTime();
    Events events;
    BuildResult result;
    try (LeasedPlan leased = planner.plan(request.manifest())) {
      Optional<Plan> plan = leased.planning().plan();
      events =
          new Events(
              listener, new Masking(plan.map(p -> p.manifest().secrets()).orElse(List.of())));
      if (plan.isEmpty()) {
        // An interrupt ends the call of a plugin, which is then among the problems.
        boolean cancelled = Thread.interrupted();
        result =
            new BuildResult(
                cancelled ? BuildResult.Status.CANCELLED : BuildResult.Status.REJECTED,
                List.of(),
                leased.planning().problems(),
                Optional.empty(),
                cancelled ? Optional.of("Cancelled while it was planned") : Optional.empty(),
                List.of(),
                Map.of(),
                Duration.ofNanos(System.nanoTime() - start));
      } else {
        BuildRun run =
            new BuildRun(
                start,
                leased,
                plan.get(),
                request.workspace(),
                machine,
                journals,
                releaser,
                recovery,
                events);
        result = request.dryRun() ? run.rehearse() : run.run(request.installMissing());
      }
    }
    retries.buildEnded();
    events.emit(new BuildEvent.Finished(result));
    return result;
  }

  @Override
  public void recover(Consumer<String> messages) {
    recover(messages, text -> {});
  }

  /**
   * Releases what dead builds left behind, as every build does before its first task, and repeats
   * that later.
   *
   * @param messages receives reports about releases and failures
   * @param log receives details
   */
  void recover(Consumer<String> messages, Consumer<String> log) {
    boolean interrupted = Thread.interrupted();
    try {
      retries.start(messages, log);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
