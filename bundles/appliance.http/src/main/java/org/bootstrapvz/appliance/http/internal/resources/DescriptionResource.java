/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.resources;

import static org.bootstrapvz.appliance.api.access.Role.VIEWER;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.bootstrapvz.appliance.api.http.HttpResource;
import org.bootstrapvz.appliance.api.http.Request;
import org.bootstrapvz.appliance.api.http.Response;
import org.bootstrapvz.appliance.api.http.Route;
import org.bootstrapvz.appliance.http.internal.exchange.Json;
import org.bootstrapvz.appliance.http.internal.extension.ExtensionGuard;
import org.bootstrapvz.appliance.http.internal.routing.CollectedRoute;
import org.bootstrapvz.appliance.http.internal.routing.RouteTable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The description of the API in the OpenAPI format: the resources of the appliance from a file,
 * those of other bundles from their routes.
 */
@Component
public final class DescriptionResource implements HttpResource {
  private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)\\}");

  private final RouteTable table;

  /** Called by the container. */
  @Activate
  public DescriptionResource(@Reference RouteTable table) {
    this.table = table;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.of("GET", "/api/v1/openapi.json", VIEWER, this::description));
  }

  private Response description(Request request) throws IOException {
    ObjectNode description;
    try (InputStream in = getClass().getResourceAsStream("openapi.json")) {
      description = Json.object(in);
    }
    ObjectNode paths = (ObjectNode) description.get("paths");
    table.routes().stream()
        .filter(route -> route.guard().isPresent())
        .sorted(Comparator.comparing(route -> route.route().path()))
        .forEach(route -> describe(route, paths));
    return Response.json(200, description);
  }

  private static void describe(CollectedRoute collected, ObjectNode paths) {
    Route route = collected.route();
    ObjectNode path = paths.withObjectProperty(route.path());
    ObjectNode operation = path.putObject(route.method().toLowerCase(Locale.ROOT));
    operation.put("summary", route.summary());
    operation.put("x-bundle", collected.guard().map(ExtensionGuard::bundle).orElse(""));
    route.role().ifPresent(role -> operation.put("x-role", role.toString()));
    if (route.role().isEmpty()) {
      operation.putArray("security");
    }
    List<String> variables =
        VARIABLE
            .matcher(route.path())
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    if (!variables.isEmpty()) {
      ArrayNode parameters = operation.putArray("parameters");
      for (String variable : variables) {
        ObjectNode parameter = parameters.addObject();
        parameter.put("name", variable);
        parameter.put("in", "path");
        parameter.put("required", true);
        parameter.putObject("schema").put("type", "string");
      }
    }
    operation
        .putObject("responses")
        .putObject("default")
        .put("description", "See the documentation of the bundle");
  }
}
