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
import java.util.stream.Stream;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildListener;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.BuildResult.Status;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlanLease;
import org.bootstrapvz.api.plan.PlanLeases;
import org.bootstrapvz.api.plan.PlanningLimit;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.appliance.workers.internal.isolation.Isolation;
import org.bootstrapvz.document.RootNeed;
import org.bootstrapvz.document.WorkerCall;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each build in a process of its own, with exactly the bundles from which it was planned here.
 * Whatever the code of a plugin does there, it ends one build. Safe for use by several threads.
 */
@Component(
    property = Builder.WORKER + ":Boolean=true",
    configurationPid = "org.bootstrapvz.appliance.queue",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class WorkerBuilder implements Builder {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerBuilder.class);

  /** Enough to unmount and delete what a build holds. */
  private static final Duration RELEASE_TIMEOUT = Duration.ofSeconds(60);

  private static final Duration END_TIMEOUT = Duration.ofSeconds(10);

  private final PlanLeases planner;
  private final Builder engine;
  private final WorkerStarter starter;
  private final Optional<IsolatedDistribution> isolated;
  private final Duration releaseTimeout;
  private final Duration endTimeout;
  private volatile Optional<PlanningLimit> limit = Optional.empty();

  /** The mode and the limits that the next build uses; the default in tests. */
  private volatile WorkerSettings.Isolation mode = WorkerSettings.Isolation.ROOT;

  private volatile Isolation.Limits limits = new Isolation.Limits("", 1, 0, List.of());

  /** Called by the container. */
  @Activate
  public WorkerBuilder(
      BundleContext context,
      WorkerSettings settings,
      @Reference PlanLeases planner,
      @Reference(target = "(!(" + Builder.WORKER + "=*))") Builder engine)
      throws IOException {
    this.planner = planner;
    this.engine = engine;
    this.starter = new Distribution(context);
    // In a user namespace, an appliance has no ids to give: its builds are isolated from the host.
    this.isolated =
        Isolation.isPossible()
            ? Optional.of(new IsolatedDistribution(context, () -> limits))
            : Optional.empty();
    this.releaseTimeout = RELEASE_TIMEOUT;
    this.endTimeout = END_TIMEOUT;
    modified(settings);
  }

  /** Uses changed settings for the next builds. */
  @Modified
  void modified(WorkerSettings settings) {
    mode = settings.isolation();
    limits =
        new Isolation.Limits(
            settings.isolationIds(),
            settings.maxProcesses(),
            Bytes.parse(settings.maxMemory()).count(),
            Stream.of(settings.isolationPaths().split(","))
                .map(String::strip)
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .toList());
    if (isolated.isPresent() && mode != WorkerSettings.Isolation.ROOT) {
      Isolation.lack().ifPresent(LOG::error);
    }
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
    this.isolated = Optional.empty();
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
    boolean isolate = isIsolated(plan);
    Relay relay =
        new Relay(plan.manifest(), listener, isolate ? request.workspace() : Optional.empty());
    Worker worker;
    try {
      WorkerStarter used = isolate ? isolated.orElseThrow() : starter;
      worker = used.start(call(request), lease.jars());
    } catch (IOException e) {
      return Thread.interrupted()
          ? result(Status.CANCELLED, lease, Optional.of("Cancelled before it started"), start)
          : result(
              Status.FAILED,
              lease,
              Optional.of("The process of the build could not be started: " + e.getMessage()),
              start);
    }
    WorkerRun run = new WorkerRun(worker, relay, releaseTimeout, endTimeout);
    try (worker) {
      run.untilItEnds();
    }
    BuildResult result =
        relay
            .result()
            .orElseGet(
                () -> {
                  Optional<String> excess = worker.belongings().excess();
                  release(worker, relay);
                  return relay.resultWithout(
                      run.isCancelled() ? Status.CANCELLED : Status.FAILED,
                      Ending.of(worker.exitStatus(), excess, relay, run.isCancelled()),
                      lease.planning().problems(),
                      Duration.ofNanos(System.nanoTime() - start));
                });
    BuildResult settled = worker.belongings().settle(result);
    if (run.wasInterrupted()
        && relay.result().isPresent()
        && settled.status() != Status.CANCELLED) {
      Thread.currentThread().interrupt();
    }
    return settled;
  }

  private boolean isIsolated(Plan plan) {
    return isolated.isPresent()
        && switch (mode) {
          case USER -> true;
          case AS_NEEDED -> !RootNeed.of(plan);
          case ROOT -> false;
        };
  }

  /** The process plans again, with the time limit of this one. */
  private WorkerCall.Build call(BuildRequest request) {
    WorkerCall.Build call = new WorkerCall.Build(request);
    return limit.map(each -> call.withPlanningLimit(each.timeout())).orElse(call);
  }

  /** Called by the container. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindLimit(PlanningLimit planningLimit) {
    limit = Optional.of(planningLimit);
  }

  /** Keeps the limit, which is absent while the configuration is being read again. */
  void unbindLimit(PlanningLimit planningLimit) {}

  /** Releases what the process held, as after a crash of the appliance. */
  private void release(Worker worker, Relay relay) {
    AtomicBoolean open = new AtomicBoolean(true);
    Consumer<String> messages =
        message -> {
          if (open.get()) {
            relay.log(message);
          }
        };
    if (!worker.belongings().release(messages)) {
      engine.recover(messages);
    }
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
    isolated.ifPresent(each -> each.recover(messages));
  }

  /** Starts worker processes. */
  interface WorkerStarter {
    /**
     * Starts one and passes the request to it.
     *
     * @param jars the jars that it deploys
     */
    Worker start(WorkerCall.Build call, List<Path> jars) throws IOException;
  }
}
