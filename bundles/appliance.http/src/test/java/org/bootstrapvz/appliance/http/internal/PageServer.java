/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.builds.Builds;
import org.bootstrapvz.appliance.api.events.BuildEvents;
import org.bootstrapvz.appliance.api.history.BuildHistory;
import org.bootstrapvz.appliance.api.operations.Health;
import org.bootstrapvz.appliance.internal.health.HealthChecks;
import org.bootstrapvz.appliance.internal.page.Page;
import org.bootstrapvz.appliance.internal.security.Access;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The page and the API as the appliance serves them, with builds that a test makes up. */
public final class PageServer {
  private static final int LARGEST_BODY = 1 << 20;
  private static final Health NO_CHECKS = new HealthChecks(Map::of);

  private final Access access;
  private final Followers followers;
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server, 1, 1);

  /** Starts to serve on a free port of the loopback. */
  public <B extends Builds & BuildHistory & BuildEvents> PageServer(
      Path folder, B builds, Planner planner, ExtensionCatalog catalog) throws Exception {
    access = new Access(folder, Instant::now);
    followers = new Followers(builds, builds, 5);
    Gate gate = new Gate(access.tokens(), access.sessions(), true, List.of());
    ServletHolder api =
        new ServletHolder(
            new Dispatcher(
                Api.routes(
                    access, builds, builds, builds, planner, folder, catalog, NO_CHECKS, gate,
                    followers),
                gate,
                LARGEST_BODY));
    api.setAsyncSupported(true);
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(api, "/api/*");
    ServletHolder page = new ServletHolder(new Page());
    context.addServlet(page, "/");
    context.addServlet(page, "/page/*");
    server.setHandler(context);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.start();
  }

  /** Where the page is. */
  public String address() {
    return "http://127.0.0.1:" + connector.getLocalPort() + "/";
  }

  /** A token of somebody new. */
  public String token(String name, Role role) throws Exception {
    return access.tokens().add(name, role);
  }

  /** Takes a token away, and the sessions that began with it. */
  public void forget(String name) throws Exception {
    access.tokens().remove(name);
  }

  /** Stops to answer, as if the machine was off. */
  public void pause() throws Exception {
    connector.setPort(connector.getLocalPort());
    connector.stop();
  }

  /** Answers again, at the same port. */
  public void resume() throws Exception {
    connector.start();
  }

  /** How many follow builds. */
  public int followers() {
    return followers.count();
  }

  /** Ends it. */
  public void stop() throws Exception {
    followers.close();
    server.stop();
  }
}
