/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.resources;

import static org.bootstrapvz.appliance.api.access.Role.VIEWER;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.HttpResource;
import org.bootstrapvz.appliance.api.http.Request;
import org.bootstrapvz.appliance.api.http.Response;
import org.bootstrapvz.appliance.api.http.Route;
import org.bootstrapvz.appliance.http.internal.exchange.Json;
import org.bootstrapvz.document.PlanDocument;
import org.bootstrapvz.document.drawing.PlanDrawing;
import org.osgi.service.component.annotations.Component;

/** The layout of the graph of a plan, for programs that draw it. */
@Component
public final class DrawingResource implements HttpResource {
  private static final int DEFAULT_COLUMNS = 6;
  private static final int MAX_COLUMNS = 100;

  @Override
  public List<Route> routes() {
    return List.of(Route.of("POST", "/api/v1/drawing", VIEWER, DrawingResource::drawing));
  }

  private static Response drawing(Request request) throws HttpProblem {
    int columns = (int) request.query("columns", DEFAULT_COLUMNS, 1, MAX_COLUMNS);
    PlanDrawing drawing = PlanDrawing.of(plan(request.body()), columns);
    return Response.bytes(200, Json.TYPE, drawing.json().getBytes(StandardCharsets.UTF_8));
  }

  private static PlanDocument plan(String json) throws HttpProblem {
    Json.strict(json); // its limits hold for this document, too
    try {
      return PlanDocument.parse(json);
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest(String.valueOf(e.getMessage()));
    }
  }
}
