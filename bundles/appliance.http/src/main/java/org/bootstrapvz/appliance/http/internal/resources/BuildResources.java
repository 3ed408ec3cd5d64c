/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import static org.bootstrapvz.appliance.api.access.Role.BUILDER;
import static org.bootstrapvz.appliance.api.access.Role.VIEWER;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.builds.Builds;
import org.bootstrapvz.appliance.api.builds.Submission;
import org.bootstrapvz.appliance.api.events.BuildEvents;
import org.bootstrapvz.appliance.api.events.LogText;
import org.bootstrapvz.appliance.api.events.RecordedEvent;
import org.bootstrapvz.appliance.api.history.BuildDetails;
import org.bootstrapvz.appliance.api.history.BuildHistory;
import org.bootstrapvz.appliance.api.history.BuildQuery;
import tools.jackson.databind.JsonNode;

/** Builds: submitting, looking at, following and changing them, and taking what they delivered. */
final class BuildResources {
  private static final String BUILDS = "/api/v1/builds";
  private static final String BUILD = BUILDS + "/{id}";
  private static final int EVENTS_AT_ONCE = 200;
  private static final int CHARACTERS_AT_ONCE = 64 * 1024;

  private final Builds builds;
  private final BuildHistory history;
  private final BuildEvents events;
  private final Followers followers;

  BuildResources(Builds builds, BuildHistory history, BuildEvents events, Followers followers) {
    this.builds = builds;
    this.history = history;
    this.events = events;
    this.followers = followers;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", BUILDS, BUILDER, this::submit),
        Route.of("GET", BUILDS, VIEWER, this::list),
        Route.of("GET", BUILD, VIEWER, this::show),
        // A manifest may hold passwords, which who only watches need not know.
        Route.of("GET", BUILD + "/manifest", BUILDER, this::manifest),
        Route.of("GET", BUILD + "/plan", VIEWER, this::plan),
        Route.of("GET", BUILD + "/events", VIEWER, this::events),
        Route.of("GET", BUILD + "/log", VIEWER, this::log),
        Route.of("GET", BUILD + "/artefacts", VIEWER, this::artefacts),
        Route.of("GET", BUILD + "/artefacts/{name}", VIEWER, this::artefact),
        Route.of("POST", BUILD + "/cancel", BUILDER, this::cancel),
        Route.of("POST", BUILD + "/retry", BUILDER, this::retry),
        Route.of("POST", BUILD + "/priority", BUILDER, this::prioritise));
  }

  private void submit(Exchange exchange) throws IOException, HttpProblem {
    String manifest = exchange.body();
    String name = exchange.query("name").orElse("manifest.yml");
    int priority = priority(exchange.query("priority", 0, Integer.MIN_VALUE, Integer.MAX_VALUE));
    BuildSummary build =
        builds.submit(new Submission(name, manifest, priority, exchange.caller().name()));
    exchange.response().setHeader("Location", BUILDS + "/" + build.id());
    if (build.state() == BuildState.REJECTED) {
      throw HttpProblem.manifest(find(build.id()).problems()).with("build", build.id());
    }
    exchange.send(201, build);
  }

  private static int priority(long number) throws HttpProblem {
    if (number < Builds.MIN_PRIORITY || number > Builds.MAX_PRIORITY) {
      throw HttpProblem.badRequest(
          "priority: "
              + number
              + " is not a whole number from "
              + Builds.MIN_PRIORITY
              + " to "
              + Builds.MAX_PRIORITY);
    }
    return (int) number;
  }

  private void list(Exchange exchange) throws IOException, HttpProblem {
    Set<BuildState> states = EnumSet.noneOf(BuildState.class);
    for (String word : exchange.query("state").orElse("").split(",")) {
      if (!word.isBlank()) {
        states.add(state(word.strip()));
      }
    }
    long before = exchange.query("before", 0, 1, Long.MAX_VALUE);
    int limit = (int) exchange.query("limit", 50, 1, BuildHistory.MAX_PAGE);
    exchange.send(
        200,
        history.list(
            new BuildQuery(
                states, before == 0 ? OptionalLong.empty() : OptionalLong.of(before), limit)));
  }

  private static BuildState state(String word) throws HttpProblem {
    for (BuildState state : BuildState.values()) {
      if (state.name().equalsIgnoreCase(word)) {
        return state;
      }
    }
    throw HttpProblem.badRequest(
        "state: \""
            + word
            + "\" is not one of "
            + Stream.of(BuildState.values())
                .map(state -> state.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
  }

  private BuildDetails find(long id) throws HttpProblem {
    return history.find(id).orElseThrow(() -> unknown(id));
  }

  private static HttpProblem unknown(long id) {
    return HttpProblem.notFound("There is no build " + id);
  }

  private void show(Exchange exchange) throws IOException, HttpProblem {
    exchange.send(200, Json.details(find(exchange.build())));
  }

  private void manifest(Exchange exchange) throws IOException, HttpProblem {
    String text = history.manifest(exchange.build()).orElseThrow(() -> unknown(id(exchange)));
    exchange.send(200, "application/yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  /** For a message, where the id was read already. */
  private static long id(Exchange exchange) {
    return Long.parseLong(exchange.variable("id"));
  }

  private void plan(Exchange exchange) throws IOException, HttpProblem {
    String plan =
        find(exchange.build())
            .plan()
            .orElseThrow(
                () -> HttpProblem.notFound("Build " + id(exchange) + " has no plan (yet)"));
    exchange.send(200, Json.parse(plan));
  }

  private void events(Exchange exchange) throws IOException, HttpProblem {
    long id = exchange.build();
    boolean ended = find(id).summary().state().ended();
    long after = begin(exchange, "after");
    if (!wantsStream(exchange)) {
      int limit = (int) exchange.query("limit", EVENTS_AT_ONCE, 1, 10_000);
      exchange.send(
          200,
          Map.of("events", events.events(id, after, limit).stream().map(EventView::of).toList()));
      return;
    }
    if (ended && begins(exchange) && events.events(id, after, 1).isEmpty()) {
      exchange.response().setStatus(204); // tells a browser not to ask again
      return;
    }
    followers.follow(
        exchange,
        id,
        new Followers.Reader() {
          private long last = after;

          @Override
          public String read() {
            StringBuilder text = new StringBuilder();
            for (RecordedEvent event : events.events(id, last, EVENTS_AT_ONCE)) {
              text.append(Followers.event(event.sequence(), event.type(), EventView.of(event)));
              last = event.sequence();
            }
            return text.toString();
          }
        });
  }

  /** An event as it is shown: its data already is JSON. */
  record EventView(long sequence, Instant time, String type, JsonNode data) {
    static EventView of(RecordedEvent event) {
      return new EventView(event.sequence(), event.time(), event.type(), Json.parse(event.data()));
    }
  }

  /** A piece of a log. */
  record LogView(long offset, long next, String text) {}

  private void log(Exchange exchange) throws IOException, HttpProblem {
    long id = exchange.build();
    boolean ended = find(id).summary().state().ended();
    long offset = begin(exchange, "offset");
    if (!wantsStream(exchange)) {
      int limit = (int) exchange.query("limit", CHARACTERS_AT_ONCE, 1, 1024 * 1024);
      LogText part = events.log(id, offset, limit);
      exchange.response().setHeader("Log-Offset", Long.toString(part.offset()));
      exchange.response().setHeader("Log-Next-Offset", Long.toString(part.next()));
      exchange.send(200, "text/plain; charset=utf-8", part.text().getBytes(StandardCharsets.UTF_8));
      return;
    }
    if (ended && begins(exchange) && events.log(id, offset, 1).text().isEmpty()) {
      exchange.response().setStatus(204);
      return;
    }
    followers.follow(
        exchange,
        id,
        new Followers.Reader() {
          private long next = offset;

          @Override
          public String read() {
            LogText part = events.log(id, next, CHARACTERS_AT_ONCE);
            next = part.next();
            return part.text().isEmpty()
                ? ""
                : Followers.event(next, "log", new LogView(part.offset(), next, part.text()));
          }
        });
  }

  private static boolean wantsStream(Exchange exchange) {
    String accept = exchange.request().getHeader("Accept");
    return accept != null && accept.contains("text/event-stream");
  }

  /** Where a stream goes on: what its follower saw last, or what the query says. */
  private static long begin(Exchange exchange, String parameter) throws HttpProblem {
    String last = exchange.request().getHeader("Last-RecordedEvent-ID");
    if (last != null && last.matches("\\d{1,18}")) {
      return Long.parseLong(last);
    }
    return exchange.query(parameter, 0, 0, Long.MAX_VALUE);
  }

  private static boolean begins(Exchange exchange) {
    return exchange.request().getHeader("Last-RecordedEvent-ID") != null;
  }

  private void artefacts(Exchange exchange) throws IOException, HttpProblem {
    exchange.send(
        200,
        Map.of(
            "artefacts",
            find(exchange.build()).artefacts().stream().map(Json::artefact).toList()));
  }

  /** The name is only compared with those the build delivered; no path is made of it. */
  private void artefact(Exchange exchange) throws IOException, HttpProblem {
    BuildDetails build = find(exchange.build());
    String name = exchange.variable("name");
    Optional<Artefact> found =
        build.artefacts().stream().filter(artefact -> artefact.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      throw HttpProblem.notFound(
          "Build " + build.summary().id() + " delivered nothing of this name");
    }
    if (!(found.get() instanceof Artefact.Local local)) {
      throw HttpProblem.notFound(name + " is not a file; it is where its link points");
    }
    String here = builds.status().appliance();
    if (!build.summary().appliance().equals(here)) {
      throw HttpProblem.notFound(
          name
              + " lies on the appliance "
              + build.summary().appliance()
              + ", which built it; this is "
              + here);
    }
    new Download(local).send(exchange);
  }

  private void cancel(Exchange exchange) throws IOException, HttpProblem {
    long id = exchange.build();
    builds.cancel(id);
    exchange.send(202, find(id).summary());
  }

  private void retry(Exchange exchange) throws IOException, HttpProblem {
    BuildSummary build = builds.retry(exchange.build(), exchange.caller().name());
    exchange.response().setHeader("Location", BUILDS + "/" + build.id());
    exchange.send(201, build);
  }

  /** A new priority. */
  record Priority(int priority) {}

  private void prioritise(Exchange exchange) throws IOException, HttpProblem {
    long id = exchange.build();
    builds.prioritise(id, priority(Json.read(exchange.body(), Priority.class).priority()));
    exchange.send(200, find(id).summary());
  }
}
