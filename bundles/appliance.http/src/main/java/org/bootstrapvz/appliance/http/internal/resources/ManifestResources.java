/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.resources;

import static org.bootstrapvz.appliance.api.access.Role.BUILDER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.appliance.api.history.Finding;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.HttpResource;
import org.bootstrapvz.appliance.api.http.Request;
import org.bootstrapvz.appliance.api.http.Response;
import org.bootstrapvz.appliance.api.http.Route;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.bootstrapvz.appliance.http.internal.exchange.Json;
import org.bootstrapvz.document.PlanDocument;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import tools.jackson.databind.node.ObjectNode;

/** Manifests that are not submitted: check them, and show the plan of a build. */
@Component
public final class ManifestResources implements HttpResource {
  private final Planner planner;
  private final Machine machine;
  private final Path scratch;

  /** Called by the container. */
  @Activate
  public ManifestResources(
      @Reference Planner planner, @Reference Machine machine, @Reference StateDirectory state) {
    this.planner = planner;
    this.machine = machine;
    this.scratch = state.scratch();
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of("POST", "/api/v1/validate", BUILDER, this::validate),
        Route.of("POST", "/api/v1/plan", BUILDER, this::plan));
  }

  private Response validate(Request request) throws IOException, HttpProblem {
    Planning planning = planning(request.body());
    return Response.json(
        200, Map.of("valid", planning.plan().isPresent(), "problems", findings(planning)));
  }

  private Response plan(Request request) throws IOException, HttpProblem {
    Planning planning = planning(request.body());
    if (planning.plan().isEmpty()) {
      throw rejected(findings(planning));
    }
    ObjectNode json =
        (ObjectNode) Json.parse(PlanDocument.withoutFile(planning.plan().get()).json());
    json.set("problems", Json.tree(findings(planning)));
    return Response.json(200, json);
  }

  /** The manifest has errors. */
  static HttpProblem rejected(List<Finding> findings) {
    return new HttpProblem(422, "The manifest has errors").with("problems", findings);
  }

  private List<Finding> findings(Planning planning) {
    Optional<Problem> unsupported =
        planning.plan().flatMap(plan -> plan.unsupported(machine, Problem.Severity.WARNING));
    List<Problem> missing = planning.missingFiles(Problem.Severity.WARNING);
    return Stream.of(planning.problems().stream(), missing.stream(), unsupported.stream())
        .flatMap(problems -> problems)
        .map(Finding::of)
        .toList();
  }

  /** The planner reads files. JSON is YAML, so the name may end in .yml for both. */
  private Planning planning(String manifest) throws IOException {
    Path file = Files.createTempFile(scratch, "checked-", ".yml");
    try {
      Files.writeString(file, manifest);
      return planner.plan(ManifestSource.selfContained(file));
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
