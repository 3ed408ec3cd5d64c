/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildListener;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.BuildResult.Status;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlanLease;
import org.bootstrapvz.api.plan.PlanLeases;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs each build in a process of its own, with exactly the bundles from which it was planned here.
 * Whatever the code of a plugin does there, it ends one build. Safe for use by several threads.
 */
@Component(property = Builder.WORKER + ":Boolean=true")
public final class WorkerBuilder implements Builder {
  /** Enough to unmount and delete what a build holds. */
  private static final Duration RELEASE_TIMEOUT = Duration.ofSeconds(60);

  private static final Duration END_TIMEOUT = Duration.ofSeconds(10);

  private final PlanLeases planner;
  private final Builder engine;
  private final WorkerStarter starter;
  private final Duration releaseTimeout;
  private final Duration endTimeout;

  /** Called by the container. */
  @Activate
  public WorkerBuilder(
      BundleContext context,
      @Reference PlanLeases planner,
      @Reference(target = "(!(" + Builder.WORKER + "=*))") Builder engine) {
    this(planner, engine, new Distribution(context), RELEASE_TIMEOUT, END_TIMEOUT);
  }

  /**
   * @param releaseTimeout how long a cancelled build may take to release its resources
   * @param endTimeout how long a process may take to end, before it is killed
   */
  WorkerBuilder(
      PlanLeases planner,
      Builder engine,
      WorkerStarter starter,
      Duration releaseTimeout,
      Duration endTimeout) {
    this.planner = planner;
    this.engine = engine;
    this.starter = starter;
    this.releaseTimeout = releaseTimeout;
    this.endTimeout = endTimeout;
  }

  @Override
  public BuildResult build(BuildRequest request, BuildListener listener) {
    if (request.dryRun()) {
      return engine.build(request, listener);
    }
    long start = System.nanoTime();
    BuildResult result;
    try (PlanLease lease = planner.lease(request.manifest())) {
      Optional<Plan> plan = lease.planning().plan();
      result =
          plan.isEmpty()
              ? result(Status.REJECTED, lease, Optional.empty(), start)
              : run(request, lease, plan.get(), listener, start);
    }
    try {
      listener.on(new BuildEvent.Finished(result));
    } catch (RuntimeException e) {
      // As in the engine: what a listener throws is ignored.
    }
    return result;
  }

  private BuildResult run(
      BuildRequest request, PlanLease lease, Plan plan, BuildListener listener, long start) {
    Relay relay = new Relay(plan.manifest(), listener);
    Worker worker;
    try {
      worker = starter.start(request, lease.jars());
    } catch (IOException e) {
      return result(
          Status.FAILED,
          lease,
          Optional.of("The process of the build could not be started: " + e.getMessage()),
          start);
    }
    WorkerRun run = new WorkerRun(worker, relay, releaseTimeout, endTimeout);
    try (worker) {
      run.untilItEnds();
    }
    Optional<BuildResult> reported = relay.result();
    if (reported.isPresent()) {
      if (run.wasInterrupted() && reported.get().status() != Status.CANCELLED) {
        Thread.currentThread().interrupt();
      }
      return reported.get();
    }
    release(relay);
    return relay.resultWithout(
        run.isCancelled() ? Status.CANCELLED : Status.FAILED,
        Ending.of(worker.exitStatus(), relay, run.isCancelled()),
        lease.planning().problems(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  /** Releases what the process held, as after a crash of the appliance. */
  private void release(Relay relay) {
    AtomicBoolean open = new AtomicBoolean(true);
    engine.recover(
        message -> {
          if (open.get()) {
            relay.log(message);
          }
        });
    open.set(false);
  }

  private static BuildResult result(
      Status status, PlanLease lease, Optional<String> error, long start) {
    return new BuildResult(
        status,
        List.of(),
        lease.planning().problems(),
        Optional.empty(),
        error,
        List.of(),
        Map.of(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  @Override
  public void recover(Consumer<String> messages) {
    engine.recover(messages);
  }

  /** Starts worker processes. */
  interface WorkerStarter {
    /**
     * Starts one and passes the request to it.
     *
     * @param jars the jars that it deploys
     */
    Worker start(BuildRequest request, List<Path> jars) throws IOException;
  }
}
