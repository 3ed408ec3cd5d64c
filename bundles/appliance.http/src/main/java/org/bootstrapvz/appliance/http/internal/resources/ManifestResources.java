/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import static org.bootstrapvz.appliance.api.access.Role.BUILDER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.appliance.api.history.Finding;

/** Manifests that are not submitted: checking them and showing what a build of them would do. */
final class ManifestResources {
  private final Planner planner;
  private final Path scratch;

  ManifestResources(Planner planner, Path scratch) {
    this.planner = planner;
    this.scratch = scratch;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/api/v1/validate", BUILDER, this::validate),
        Route.of("POST", "/api/v1/plan", BUILDER, this::plan));
  }

  private void validate(Exchange exchange) throws IOException, HttpProblem {
    Planning planning = planning(exchange.body());
    exchange.send(
        200, Map.of("valid", planning.plan().isPresent(), "problems", findings(planning)));
  }

  private void plan(Exchange exchange) throws IOException, HttpProblem {
    Planning planning = planning(exchange.body());
    if (planning.plan().isEmpty()) {
      throw HttpProblem.manifest(findings(planning));
    }
    Map<String, Object> json = json(planning.plan().get());
    json.put("problems", findings(planning));
    exchange.send(200, json);
  }

  private static List<Finding> findings(Planning planning) {
    return planning.problems().stream().map(Finding::of).toList();
  }

  private static Map<String, Object> json(Plan plan) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("provider", plan.provider());
    json.put("plugins", plan.plugins());
    json.put("tasks", plan.tasks());
    json.put("relations", plan.relations());
    json.put("hostCommands", plan.hostCommands().stream().map(ManifestResources::json).toList());
    return json;
  }

  private static Map<String, String> json(HostCommand command) {
    return Map.of("name", command.name(), "debianPackage", command.debianPackage());
  }

  /** The planner reads files. JSON is YAML, so one name does for both. */
  private Planning planning(String manifest) throws IOException {
    Path file = Files.createTempFile(scratch, "checked-", ".yml");
    try {
      Files.writeString(file, manifest);
      return planner.plan(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
