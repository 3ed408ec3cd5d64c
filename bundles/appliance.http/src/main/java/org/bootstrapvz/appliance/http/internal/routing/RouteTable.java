/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.appliance.api.builds.Builds;
import org.bootstrapvz.appliance.api.events.BuildEvents;
import org.bootstrapvz.appliance.api.history.BuildHistory;
import org.bootstrapvz.appliance.api.operations.Health;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.bootstrapvz.appliance.internal.security.Access;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** All that the appliance answers to programs. */
@Component(
    service = Servlet.class,
    configurationPid = WebServer.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@HttpWhiteboardServletPattern({"/api/*", "/health", "/metrics"})
@HttpWhiteboardServletAsyncSupported
public final class Api extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Followers followers;
  private final transient Dispatcher dispatcher;

  /** Called by the container. */
  @Activate
  public Api(
      HttpConfiguration configuration,
      @Reference Access access,
      @Reference Builds builds,
      @Reference BuildHistory history,
      @Reference BuildEvents events,
      @Reference Planner planner,
      @Reference StateDirectory state,
      @Reference ExtensionCatalog catalog,
      @Reference Health health)
      throws IOException {
    followers = new Followers(history, events, Math.max(1, configuration.idle_seconds() / 2));
    Gate gate =
        new Gate(
            access.tokens(),
            access.sessions(),
            InetAddress.getByName(configuration.address()).isLoopbackAddress(),
            Stream.of(configuration.hosts()).map(name -> name.toLowerCase(Locale.ROOT)).toList());
    dispatcher =
        new Dispatcher(
            routes(
                access,
                builds,
                history,
                events,
                planner,
                state.scratch(),
                catalog,
                health,
                gate,
                followers),
            gate,
            configuration.largest_body());
  }

  static List<Route> routes(
      Access access,
      Builds builds,
      BuildHistory history,
      BuildEvents events,
      Planner planner,
      Path scratch,
      ExtensionCatalog catalog,
      Health health,
      Gate gate,
      Followers followers) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(new BuildResources(builds, history, events, followers).routes());
    routes.addAll(new ManifestResources(planner, scratch).routes());
    routes.addAll(new AccessResources(access.tokens(), access.sessions(), gate).routes());
    routes.addAll(new AboutResources(builds, history, catalog).routes());
    routes.addAll(new OperationsResources(builds, history, followers, health).routes());
    return routes;
  }

  @Override
  public void service(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    dispatcher.service(request, response);
  }

  @Deactivate
  void stop() {
    followers.close();
  }
}
