/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.resources;

import static org.bootstrapvz.appliance.api.access.Role.VIEWER;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.Builds;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.api.builds.QueueStatus;
import org.bootstrapvz.appliance.api.history.BuildHistory;
import org.bootstrapvz.appliance.api.history.PhaseTime;
import org.bootstrapvz.appliance.api.http.HttpResource;
import org.bootstrapvz.appliance.api.http.Request;
import org.bootstrapvz.appliance.api.http.Response;
import org.bootstrapvz.appliance.api.http.Route;
import org.bootstrapvz.appliance.api.operations.Health;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** For monitoring: health and metrics. */
@Component
public final class OperationsResources implements HttpResource {
  private final Builds builds;
  private final BuildHistory history;
  private final EventStreams streams;
  private final Health health;

  /** Called by the container. */
  @Activate
  public OperationsResources(
      @Reference Builds builds,
      @Reference BuildHistory history,
      @Reference EventStreams streams,
      @Reference Health health) {
    this.builds = builds;
    this.history = history;
    this.streams = streams;
    this.health = health;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.open("GET", "/health", this::health),
        Route.of("GET", "/metrics", VIEWER, this::metrics));
  }

  /** Needs no token, so it reveals only what a monitor needs. */
  private Response health(Request request) {
    Map<String, Health.Status> checks = new LinkedHashMap<>();
    health.checks().forEach((name, result) -> checks.put(name, result.status()));
    Health.Status worst =
        checks.values().stream().max(Health.Status::compareTo).orElse(Health.Status.CRITICAL);
    return Response.json(
        worst == Health.Status.CRITICAL ? 503 : 200, Map.of("status", worst, "checks", checks));
  }

  private Response metrics(Request request) {
    QueueStatus status = builds.status();
    Metrics metrics = new Metrics();
    metrics.family("bootstrapvz_up", "gauge", "Whether the queue works");
    metrics.sample("bootstrapvz_up", "", status.trouble().isEmpty() ? 1 : 0);
    metrics.family("bootstrapvz_running_builds", "gauge", "Builds running on this appliance");
    metrics.sample("bootstrapvz_running_builds", "", status.running());
    metrics.family("bootstrapvz_concurrency", "gauge", "Maximum number of running builds");
    metrics.sample("bootstrapvz_concurrency", "", status.concurrency());
    metrics.family("bootstrapvz_free_bytes", "gauge", "Free disk space for images");
    metrics.sample("bootstrapvz_free_bytes", "", status.freeBytes());
    metrics.family("bootstrapvz_followers", "gauge", "Open streams of events and logs");
    metrics.sample("bootstrapvz_followers", "", streams.count());
    try {
      queue(metrics);
    } catch (BuildsException e) {
      // bootstrapvz_up reports it.
    }
    return Response.bytes(
        200,
        "text/plain; version=0.0.4; charset=utf-8",
        metrics.text().getBytes(StandardCharsets.UTF_8));
  }

  private void queue(Metrics metrics) {
    Map<BuildState, Long> counts = new TreeMap<>(history.counts());
    metrics.family("bootstrapvz_queue_length", "gauge", "Builds waiting in the queue");
    metrics.sample("bootstrapvz_queue_length", "", counts.getOrDefault(BuildState.QUEUED, 0L));
    metrics.family("bootstrapvz_builds", "gauge", "Builds in the history by state");
    counts.forEach(
        (state, count) ->
            metrics.sample(
                "bootstrapvz_builds",
                label("state", state.name().toLowerCase(Locale.ROOT)),
                count));
    Map<Phase, PhaseTime> phases = new TreeMap<>(history.phaseTimes());
    metrics.family("bootstrapvz_phase_seconds", "summary", "Time builds spent in each phase");
    phases.forEach(
        (phase, time) -> {
          String label = label("phase", phase.title());
          metrics.sample("bootstrapvz_phase_seconds_sum", label, time.total().toMillis() / 1000.0);
          metrics.sample("bootstrapvz_phase_seconds_count", label, time.builds());
        });
  }

  private static String label(String name, String value) {
    return "{" + name + "=\"" + value + "\"}";
  }

  /** The text format of Prometheus. */
  private static final class Metrics {
    private final StringBuilder text = new StringBuilder();

    void family(String name, String type, String help) {
      text.append("# HELP ").append(name).append(' ').append(help).append('\n');
      text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    void sample(String name, String labels, double value) {
      text.append(name).append(labels).append(' ');
      if (value == Math.rint(value)) {
        text.append((long) value);
      } else {
        text.append(value);
      }
      text.append('\n');
    }

    String text() {
      return text.toString();
    }
  }
}
