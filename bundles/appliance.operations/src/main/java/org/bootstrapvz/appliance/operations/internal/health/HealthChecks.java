/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.bootstrapvz.appliance.api.operations.Health;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Runs the Felix health checks, each in a thread of its own and all at the same time. A check that
 * does not finish within {@link #CHECK_TIMEOUT} is critical. It is not started again before it
 * finishes, so that a hanging check occupies one thread.
 *
 * <p>The executor of Felix is not used, as it needs EventAdmin and has schedules of its own.
 */
@Component(service = Health.class)
public final class HealthChecks implements Health {
  /** How long a check may take. */
  static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);

  private static final long IDLE_THREAD_SECONDS = 10;

  /**
   * A health check, as a service that is acquired for a run.
   *
   * @param id distinguishes it from all others, also from one of the same name
   * @param acquire returns null if the check has been unregistered
   */
  record Check(
      long id, String name, Supplier<HealthCheck> acquire, Consumer<HealthCheck> release) {}

  /** A run of a check. Its result is empty if the check has been unregistered. */
  private static final class Run extends FutureTask<Optional<CheckResult>> {
    private final long started = System.nanoTime();

    Run(Check check) {
      super(() -> execute(check));
    }
  }

  private final Supplier<List<Check>> registered;
  private final Duration timeout;

  /** The last run of each check, by its id. */
  private final Map<Long, Run> runs = new ConcurrentHashMap<>();

  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_THREAD_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "bootstrap-vz health");
            thread.setDaemon(true);
            return thread;
          });

  @Reference(
      service = HealthCheck.class,
      target = "(" + HealthCheck.NAME + "=*)",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  private volatile List<ComponentServiceObjects<HealthCheck>> services = List.of();

  /** Called by the container. */
  @Activate
  public HealthChecks() {
    registered = this::services;
    timeout = CHECK_TIMEOUT;
  }

  HealthChecks(Supplier<List<Check>> registered, Duration timeout) {
    this.registered = registered;
    this.timeout = timeout;
  }

  private List<Check> services() {
    List<Check> checks = new ArrayList<>();
    for (ComponentServiceObjects<HealthCheck> service : services) {
      ServiceReference<HealthCheck> reference = service.getServiceReference();
      if (reference.getProperty(HealthCheck.NAME) instanceof String name
          && reference.getProperty(Constants.SERVICE_ID) instanceof Long id) {
        checks.add(new Check(id, name, service::getService, service::ungetService));
      }
    }
    return checks;
  }

  @Override
  public Map<String, CheckResult> checks() {
    List<Check> present = registered.get();
    forgetOthers(present);
    Map<Check, Run> started = new LinkedHashMap<>();
    present.forEach(check -> started.put(check, runOf(check)));
    Map<String, CheckResult> results = new TreeMap<>();
    started.forEach(
        (check, run) ->
            result(check, run)
                .ifPresent(result -> results.merge(check.name(), result, HealthChecks::worse)));
    return results;
  }

  private void forgetOthers(List<Check> present) {
    Set<Long> ids = present.stream().map(Check::id).collect(Collectors.toSet());
    runs.keySet().stream()
        .filter(id -> !ids.contains(id))
        .forEach(id -> Optional.ofNullable(runs.remove(id)).ifPresent(run -> run.cancel(true)));
  }

  /** The run that is under way, also if another caller started it; otherwise a new one. */
  private Run runOf(Check check) {
    return runs.compute(
        check.id(), (id, last) -> last == null || last.isDone() ? start(check) : last);
  }

  private Run start(Check check) {
    Run run = new Run(check);
    try {
      threads.execute(run);
    } catch (RejectedExecutionException e) {
      run.cancel(false); // The appliance is stopping.
    }
    return run;
  }

  private Optional<CheckResult> result(Check check, Run run) {
    long left = timeout.toNanos() - (System.nanoTime() - run.started);
    try {
      return run.get(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return critical(
          "The check \"" + check.name() + "\" did not finish within " + timeout.toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return critical("The check \"" + check.name() + "\" was interrupted");
    } catch (CancellationException e) {
      return Optional.empty(); // It was unregistered, or the appliance is stopping.
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<CheckResult> critical(String message) {
    return Optional.of(new CheckResult(Status.CRITICAL, message));
  }

  private static CheckResult worse(CheckResult one, CheckResult other) {
    return one.status().compareTo(other.status()) >= 0 ? one : other;
  }

  private static Optional<CheckResult> execute(Check check) {
    try {
      HealthCheck service = check.acquire().get();
      if (service == null) {
        return Optional.empty();
      }
      try {
        return Optional.of(result(service.execute()));
      } finally {
        check.release().accept(service);
      }
    } catch (Throwable e) { // The code of a plugin may throw anything.
      return critical("The check \"" + check.name() + "\" failed: " + e);
    }
  }

  private static CheckResult result(Result result) {
    Status status =
        switch (result.getStatus()) {
          case OK -> Status.OK;
          case WARN -> Status.WARN;
          default -> Status.CRITICAL;
        };
    return new CheckResult(
        status,
        StreamSupport.stream(result.spliterator(), false)
            .map(ResultLog.Entry::getMessage)
            .collect(Collectors.joining("; ")));
  }

  /** Interrupts the checks that are running. */
  @Deactivate
  public void close() {
    threads.shutdownNow();
    runs.values().forEach((Future<?> run) -> run.cancel(true));
  }
}
