/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.resources;

import static org.bootstrapvz.appliance.api.access.Role.VIEWER;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.Builds;
import org.bootstrapvz.appliance.api.builds.QueueStatus;
import org.bootstrapvz.appliance.api.history.BuildHistory;
import org.bootstrapvz.appliance.api.http.HttpResource;
import org.bootstrapvz.appliance.api.http.Request;
import org.bootstrapvz.appliance.api.http.Response;
import org.bootstrapvz.appliance.api.http.Route;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The appliance itself: its plugins, status and version. */
@Component
public final class AboutResources implements HttpResource {
  private final Builds builds;
  private final BuildHistory history;
  private final ExtensionCatalog catalog;

  /** Called by the container. */
  @Activate
  public AboutResources(
      @Reference Builds builds,
      @Reference BuildHistory history,
      @Reference ExtensionCatalog catalog) {
    this.builds = builds;
    this.history = history;
    this.catalog = catalog;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/plugins", VIEWER, this::plugins),
        Route.of("GET", "/api/v1/status", VIEWER, this::status),
        Route.of("GET", "/api/v1/version", VIEWER, this::version));
  }

  private Response plugins(Request request) {
    return Response.json(200, Map.of("plugins", catalog.extensions()));
  }

  /** The status of the appliance, as far as every viewer may know it. */
  record StatusDocument(
      String appliance,
      int concurrency,
      int running,
      String trouble,
      long freeBytes,
      Map<BuildState, Long> builds) {}

  private Response status(Request request) {
    QueueStatus status = builds.status();
    return Response.json(
        200,
        new StatusDocument(
            status.appliance(),
            status.concurrency(),
            status.running(),
            status.trouble().orElse(""),
            status.freeBytes(),
            history.counts()));
  }

  private Response version(Request request) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/META-INF/MANIFEST.MF")) {
      return Response.json(
          200, Map.of("version", new Manifest(in).getMainAttributes().getValue("Bundle-Version")));
    }
  }
}
