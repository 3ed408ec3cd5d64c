/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.resources;

import static org.bootstrapvz.appliance.api.access.Role.BUILDER;
import static org.bootstrapvz.appliance.api.access.Role.VIEWER;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.appliance.api.audit.AuditAction;
import org.bootstrapvz.appliance.api.audit.AuditLog;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.builds.Builds;
import org.bootstrapvz.appliance.api.builds.Submission;
import org.bootstrapvz.appliance.api.events.BuildEvents;
import org.bootstrapvz.appliance.api.history.BuildDetails;
import org.bootstrapvz.appliance.api.history.BuildHistory;
import org.bootstrapvz.appliance.api.history.BuildQuery;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.HttpResource;
import org.bootstrapvz.appliance.api.http.Request;
import org.bootstrapvz.appliance.api.http.Response;
import org.bootstrapvz.appliance.api.http.Route;
import org.bootstrapvz.appliance.http.internal.audit.RequestAudit;
import org.bootstrapvz.appliance.http.internal.exchange.Json;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Builds: submit, list, follow and change them, and download their artefacts. */
@Component(name = BuildResources.NAME)
public final class BuildResources implements HttpResource {
  /** The name of the component. */
  public static final String NAME = "org.bootstrapvz.appliance.http.builds";

  private static final String BUILDS = "/api/v1/builds";
  private static final String BUILD = BUILDS + "/{id}";

  private final Builds builds;
  private final BuildHistory history;
  private final RecordedOutput output;
  private final RequestAudit audit;

  /** Called by the container. */
  @Activate
  public BuildResources(
      @Reference Builds builds,
      @Reference BuildHistory history,
      @Reference BuildEvents events,
      @Reference EventStreams streams,
      @Reference AuditLog log) {
    this.builds = builds;
    this.history = history;
    this.output = new RecordedOutput(events, streams);
    this.audit = new RequestAudit(log);
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of("POST", BUILDS, BUILDER, this::submit),
        Route.of("GET", BUILDS, VIEWER, this::list),
        Route.of("GET", BUILD, VIEWER, this::show),
        // A manifest may contain passwords, which a viewer need not know.
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

  private Response submit(Request request) throws HttpProblem {
    String manifest = request.body();
    String name = request.query("name").orElse("manifest.yml");
    int priority = priority(request.query("priority", 0, Integer.MIN_VALUE, Integer.MAX_VALUE));
    BuildSummary build =
        audit.attempt(
            AuditAction.BUILD_SUBMITTED,
            request,
            "build",
            () -> builds.submit(new Submission(name, manifest, priority, request.caller().name())));
    audit.done(
        AuditAction.BUILD_SUBMITTED,
        request,
        build(build.id()),
        name + (build.state() == BuildState.REJECTED ? ": the manifest has errors" : ""));
    String location = BUILDS + "/" + build.id();
    if (build.state() == BuildState.REJECTED) {
      throw ManifestResources.rejected(find(build.id()).problems())
          .with("build", build.id())
          .withHeader("Location", location);
    }
    return Response.json(201, build).withHeader("Location", location);
  }

  /** A build in the audit log. */
  private static String build(long id) {
    return "build " + id;
  }

  private static int priority(long number) throws HttpProblem {
    if (number < Builds.MIN_PRIORITY || number > Builds.MAX_PRIORITY) {
      throw HttpProblem.badRequest(
          "priority: "
              + number
              + " is not an integer from "
              + Builds.MIN_PRIORITY
              + " to "
              + Builds.MAX_PRIORITY);
    }
    return (int) number;
  }

  private Response list(Request request) throws HttpProblem {
    Set<BuildState> states = EnumSet.noneOf(BuildState.class);
    for (String word : request.query("state").orElse("").split(",")) {
      if (!word.isBlank()) {
        states.add(state(word.strip()));
      }
    }
    long before = request.query("before", 0, 1, Long.MAX_VALUE);
    int limit = (int) request.query("limit", 50, 1, BuildHistory.MAX_PAGE);
    return Response.json(
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

  /** The id in the path. */
  private static long id(Request request) throws HttpProblem {
    String text = request.variable("id");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw HttpProblem.notFound("There is no build " + text + "; the id of a build is a number");
    }
  }

  private BuildDetails find(long id) throws HttpProblem {
    return history.find(id).orElseThrow(() -> unknown(id));
  }

  private static HttpProblem unknown(long id) {
    return HttpProblem.notFound("There is no build " + id);
  }

  private Response show(Request request) throws HttpProblem {
    return Response.json(200, BuildDocument.of(find(id(request))));
  }

  private Response manifest(Request request) throws HttpProblem {
    long id = id(request);
    String text = history.manifest(id).orElseThrow(() -> unknown(id));
    return Response.bytes(200, "application/yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  private Response plan(Request request) throws HttpProblem {
    long id = id(request);
    String plan =
        find(id).plan().orElseThrow(() -> HttpProblem.notFound("Build " + id + " has no plan yet"));
    return Response.json(200, Json.parse(plan));
  }

  private Response events(Request request) throws HttpProblem {
    long id = id(request);
    return output.events(id, find(id).summary().state().ended(), request);
  }

  private Response log(Request request) throws HttpProblem {
    long id = id(request);
    return output.log(id, find(id).summary().state().ended(), request);
  }

  private Response artefacts(Request request) throws HttpProblem {
    return Response.json(200, Map.of("artefacts", BuildDocument.artefacts(find(id(request)))));
  }

  /** The name is only compared with those of the artefacts; it is never part of a path. */
  private Response artefact(Request request) throws IOException, HttpProblem {
    BuildDetails build = find(id(request));
    String name = request.variable("name");
    Artefact artefact =
        build.artefacts().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    HttpProblem.notFound(
                        "Build " + build.summary().id() + " has no artefact of this name"));
    if (!(artefact instanceof Artefact.Local local)) {
      throw HttpProblem.notFound(name + " is not a file; follow its link");
    }
    String here = builds.status().appliance();
    if (!build.summary().appliance().equals(here)) {
      throw HttpProblem.notFound(
          name
              + " is stored on the appliance "
              + build.summary().appliance()
              + ", which built it; this is the appliance "
              + here);
    }
    return new Download(local).respondTo(request);
  }

  private Response cancel(Request request) throws HttpProblem {
    long id = id(request);
    audit.change(
        AuditAction.BUILD_CANCELLED,
        request,
        build(id),
        "",
        () -> {
          builds.cancel(id, request.caller().name());
          return id;
        });
    return Response.json(202, find(id).summary());
  }

  private Response retry(Request request) throws HttpProblem {
    long id = id(request);
    BuildSummary build =
        audit.attempt(
            AuditAction.BUILD_RETRIED,
            request,
            build(id),
            () -> builds.retry(id, request.caller().name()));
    audit.done(AuditAction.BUILD_RETRIED, request, build(id), "as " + build(build.id()));
    return Response.json(201, build).withHeader("Location", BUILDS + "/" + build.id());
  }

  /** The body of a request for another priority. */
  record Priority(int priority) {}

  private Response prioritise(Request request) throws HttpProblem {
    long id = id(request);
    int priority = priority(request.json(Priority.class).priority());
    audit.change(
        AuditAction.BUILD_PRIORITISED,
        request,
        build(id),
        "to " + priority,
        () -> {
          builds.prioritise(id, priority, request.caller().name());
          return id;
        });
    return Response.json(200, find(id).summary());
  }
}
