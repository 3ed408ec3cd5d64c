/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal;

import jakarta.servlet.Servlet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.builds.Builds;
import org.bootstrapvz.appliance.api.events.BuildEvents;
import org.bootstrapvz.appliance.api.history.BuildHistory;
import org.bootstrapvz.appliance.http.internal.connections.ConnectionLimits;
import org.bootstrapvz.appliance.http.internal.connections.ServerSettings;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A page and the API on a real server, with builds that a test makes up. */
public final class PageServer {
  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final int HEARTBEAT_SECONDS = 5;

  private final TestApi api;
  private final Server server = new Server();
  private final ServerConnector connector =
      new ServerSettings(
              "127.0.0.1",
              0,
              Duration.ofSeconds(30),
              new ConnectionLimits(2000, 1000, Duration.ofSeconds(20), 512, address -> false))
          .connector(server);

  /** Starts to listen on a free port of the loopback. */
  public <B extends Builds & BuildHistory & BuildEvents> PageServer(
      Servlet page, Path directory, B builds, Planner planner, ExtensionCatalog catalog)
      throws Exception {
    api =
        new TestApi(
            directory, builds, planner, catalog, Map::of, HEARTBEAT_SECONDS, MAX_BODY_BYTES);
    ServletContextHandler context = new ServletContextHandler();
    api.addTo(context, "/api/*");
    ServletHolder holder = new ServletHolder(page);
    context.addServlet(holder, "/");
    context.addServlet(holder, "/page/*");
    server.setHandler(context);
    server.addConnector(connector);
    server.start();
  }

  /** The address of the page. */
  public String address() {
    return "http://127.0.0.1:" + connector.getLocalPort() + "/";
  }

  /** Creates a token. */
  public String token(String name, Role role) throws Exception {
    return api.access.tokens().add(name, role);
  }

  /** Revokes a token, which ends its sessions. */
  public void revoke(String name) throws Exception {
    api.access.tokens().remove(name);
  }

  /** Stops to listen, as if the machine was off. */
  public void pause() throws Exception {
    connector.setPort(connector.getLocalPort());
    connector.stop();
  }

  /** Listens again, on the same port. */
  public void resume() throws Exception {
    connector.start();
  }

  /** The number of open event streams. */
  public int followers() {
    return api.streams.count();
  }

  /** Stops the server. */
  public void stop() throws Exception {
    api.close();
    server.stop();
  }
}
