/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.appliance.api.MadeUpBuilds;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.http.Route;
import org.bootstrapvz.appliance.api.operations.Health;
import org.bootstrapvz.appliance.http.internal.connections.ConnectionLimits;
import org.bootstrapvz.appliance.http.internal.connections.ServerSettings;
import org.bootstrapvz.appliance.http.internal.exchange.Json;
import org.bootstrapvz.appliance.http.internal.resources.EventStreams;
import org.bootstrapvz.appliance.http.internal.routing.CollectedRoute;
import org.bootstrapvz.appliance.http.internal.security.Access;
import org.bootstrapvz.appliance.http.internal.server.LocalSocket;
import org.bootstrapvz.testkit.StallDetector;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import tools.jackson.databind.JsonNode;

/** The API on a real server on the loopback, with builds that a test makes up. */
final class TestServer {
  static final int MAX_BODY_BYTES = 10_000;
  static final int IDLE_SECONDS = 5;
  static final int HEARTBEAT_SECONDS = 2;
  private static final int THREADS = 8;
  private static final ConnectionLimits LIMITS =
      new ConnectionLimits(2000, 1000, Duration.ofSeconds(20), 512, address -> false);
  private static final long LITTLE_SPACE = 1L << 20;

  final MadeUpBuilds builds = new MadeUpBuilds();
  final TestApi api;
  final Access access;
  final String viewer;
  final String builder;
  final String admin;
  final HttpClient client = HttpClient.newHttpClient();
  private final Server server = new Server(new QueuedThreadPool(THREADS));
  private final int port;

  TestServer(Path directory, Planner planner, ExtensionInfo... extensions) throws Exception {
    this(directory, planner, IDLE_SECONDS, HEARTBEAT_SECONDS, extensions);
  }

  /** With another idle timeout and another interval of heartbeats. */
  TestServer(Path directory, Planner planner, int idle, int heartbeat, ExtensionInfo... extensions)
      throws Exception {
    this(directory, planner, idle, heartbeat, LIMITS, List.of(), extensions);
  }

  /** With other limits of connections, and with trusted proxies. */
  TestServer(
      Path directory,
      Planner planner,
      int idle,
      int heartbeat,
      ConnectionLimits limits,
      List<String> proxies,
      ExtensionInfo... extensions)
      throws Exception {
    api =
        new TestApi(
            directory,
            builds,
            planner,
            () -> List.of(extensions),
            this::checks,
            heartbeat,
            MAX_BODY_BYTES,
            proxies.toArray(String[]::new));
    access = api.access;
    viewer = access.tokens().add("vera", Role.VIEWER);
    builder = access.tokens().add("bob", Role.BUILDER);
    admin = access.tokens().add("ada", Role.ADMIN);
    ServletContextHandler context = new ServletContextHandler();
    api.addTo(context, "/*");
    server.setHandler(context);
    ServerConnector connector =
        new ServerSettings("127.0.0.1", 0, Duration.ofSeconds(idle), limits).connector(server);
    server.addConnector(connector);
    server.addConnector(LocalSocket.of(directory, idle * 1000L).createConnector(server));
    server.start();
    port = connector.getLocalPort();
  }

  private Map<String, Health.CheckResult> checks() {
    Health.Status queue =
        builds.status().trouble().isEmpty() ? Health.Status.OK : Health.Status.CRITICAL;
    Health.Status disk =
        builds.status().freeBytes() < LITTLE_SPACE ? Health.Status.WARN : Health.Status.OK;
    return Map.of(
        "queue", new Health.CheckResult(queue, ""), "disk", new Health.CheckResult(disk, ""));
  }

  EventStreams streams() {
    return api.streams;
  }

  List<Route> routes() {
    return api.table.routes().stream().map(CollectedRoute::route).toList();
  }

  int port() {
    return port;
  }

  /** The number of threads of the server that are busy. */
  int busyThreads() {
    QueuedThreadPool pool = (QueuedThreadPool) server.getThreadPool();
    return pool.getThreads() - pool.getIdleThreads();
  }

  /** The number of open connections. */
  int connections() {
    return ((ServerConnector) server.getConnectors()[0]).getConnectedEndPoints().size();
  }

  /** Waits until a condition holds. */
  static void await(BooleanSupplier condition) {
    try {
      StallDetector.ofThisProcess().until(() -> "the condition", condition::getAsBoolean);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  String origin() {
    return "http://127.0.0.1:" + port;
  }

  /** A request of the API; the token may be null. */
  HttpRequest.Builder request(String token, String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin() + path));
    Optional.ofNullable(token).ifPresent(t -> request.header("Authorization", "Bearer " + t));
    return request;
  }

  <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return client.send(request.build(), handler);
  }

  HttpResponse<String> get(String token, String path) throws IOException, InterruptedException {
    return send(request(token, path), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String token, String path, String body)
      throws IOException, InterruptedException {
    return send(
        request(token, path)
            .header("Content-Type", "application/yaml")
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        BodyHandlers.ofString());
  }

  static JsonNode json(HttpResponse<String> response) {
    return Json.parse(response.body());
  }

  void stop() throws Exception {
    api.close();
    server.stop();
  }
}
