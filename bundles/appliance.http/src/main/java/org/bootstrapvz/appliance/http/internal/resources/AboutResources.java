/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

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

/** The appliance itself: its plugins, its version, the description of all of this. */
final class AboutResources {
  private final Builds builds;
  private final BuildHistory history;
  private final ExtensionCatalog catalog;

  AboutResources(Builds builds, BuildHistory history, ExtensionCatalog catalog) {
    this.builds = builds;
    this.history = history;
    this.catalog = catalog;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/plugins", VIEWER, this::plugins),
        Route.of("GET", "/api/v1/status", VIEWER, this::status),
        Route.of("GET", "/api/v1/version", VIEWER, this::version),
        Route.of("GET", "/api/v1/openapi.json", VIEWER, this::description));
  }

  private void plugins(Exchange exchange) throws IOException {
    exchange.send(200, Map.of("plugins", catalog.extensions()));
  }

  /** What everybody who watches may know of how the appliance is. */
  record StatusView(
      String appliance,
      int concurrency,
      int running,
      String trouble,
      long freeBytes,
      Map<BuildState, Long> builds) {}

  private void status(Exchange exchange) throws IOException {
    QueueStatus status = builds.status();
    exchange.send(
        200,
        new StatusView(
            status.appliance(),
            status.concurrency(),
            status.running(),
            status.trouble().orElse(""),
            status.freeBytes(),
            history.counts()));
  }

  private void version(Exchange exchange) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/META-INF/MANIFEST.MF")) {
      exchange.send(
          200, Map.of("version", new Manifest(in).getMainAttributes().getValue("Bundle-Version")));
    }
  }

  private void description(Exchange exchange) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("openapi.json")) {
      exchange.send(200, Json.TYPE, in.readAllBytes());
    }
  }
}
