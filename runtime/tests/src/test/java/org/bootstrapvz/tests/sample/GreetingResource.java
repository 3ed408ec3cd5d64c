/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import java.util.List;
import java.util.Map;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.http.HttpResource;
import org.bootstrapvz.appliance.api.http.Response;
import org.bootstrapvz.appliance.api.http.Route;

/** Adds routes to the HTTP API, one of which fails and one of which hangs. */
public final class GreetingResource implements HttpResource {
  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(
                "GET",
                "/api/v1/greetings/{name}",
                Role.VIEWER,
                request ->
                    Response.json(
                        200,
                        Map.of(
                            "greeting",
                            "Hello " + request.variable("name"),
                            "from",
                            request.caller().name())))
            .withSummary("Greet somebody"),
        Route.of(
            "POST",
            "/api/v1/greetings/failure",
            Role.VIEWER,
            request -> {
              throw new IllegalStateException("a bug of the plugin");
            }),
        Route.of(
            "POST",
            "/api/v1/greetings/pause",
            Role.VIEWER,
            request -> {
              Thread.sleep(Long.MAX_VALUE);
              return Response.empty(204);
            }));
  }
}
