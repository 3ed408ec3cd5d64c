/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.appliance.api.MadeUpBuilds;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.operations.Health;
import org.bootstrapvz.appliance.internal.health.DiskCheck;
import org.bootstrapvz.appliance.internal.health.HealthChecks;
import org.bootstrapvz.appliance.internal.health.QueueCheck;
import org.bootstrapvz.appliance.internal.security.Access;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import tools.jackson.databind.JsonNode;

/** The routes behind a real server on the loopback, with builds that a test makes up. */
final class TestServer {
  static final int LARGEST_BODY = 10_000;
  static final int IDLE_SECONDS = 5;
  static final int BEAT_SECONDS = 2;
  private static final int THREADS = 8;

  final MadeUpBuilds builds = new MadeUpBuilds();
  final Access access;
  final Followers followers;
  final List<Route> routes;
  final String viewer;
  final String builder;
  final String admin;
  final HttpClient client = HttpClient.newHttpClient();
  private final Server server = new Server(new QueuedThreadPool(THREADS));
  private final int port;

  TestServer(Path folder, Planner planner, ExtensionInfo... extensions) throws Exception {
    this(folder, planner, IDLE_SECONDS, BEAT_SECONDS, extensions);
  }

  /** With other times after which a connection without traffic ends, and between signs of life. */
  TestServer(Path folder, Planner planner, int idle, int beat, ExtensionInfo... extensions)
      throws Exception {
    followers = new Followers(builds, builds, beat);
    access = new Access(folder, java.time.Instant::now);
    viewer = access.tokens().add("vera", Role.VIEWER);
    builder = access.tokens().add("bob", Role.BUILDER);
    admin = access.tokens().add("ada", Role.ADMIN);
    Gate gate = new Gate(access.tokens(), access.sessions(), true, List.of("images.example.org"));
    Health health =
        new HealthChecks(
            () -> Map.of("queue", new QueueCheck(builds), "disk", new DiskCheck(builds)));
    routes =
        Api.routes(
            access,
            builds,
            builds,
            builds,
            planner,
            folder,
            () -> List.of(extensions),
            health,
            gate,
            followers);
    ServletContextHandler context = new ServletContextHandler();
    ServletHolder holder = new ServletHolder(new Dispatcher(routes, gate, LARGEST_BODY));
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/*");
    server.setHandler(context);
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(new HttpConfiguration()));
    connector.setHost("127.0.0.1");
    connector.setIdleTimeout(idle * 1000L);
    server.addConnector(connector);
    server.start();
    port = connector.getLocalPort();
  }

  int port() {
    return port;
  }

  /** How many threads of the server do something. */
  int busyThreads() {
    QueuedThreadPool pool = (QueuedThreadPool) server.getThreadPool();
    return pool.getThreads() - pool.getIdleThreads();
  }

  /** How many connections are open. */
  int connections() {
    return ((ServerConnector) server.getConnectors()[0]).getConnectedEndPoints().size();
  }

  /** Waits until something is so. */
  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it takes too long");
      Thread.onSpinWait();
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
    followers.close();
    server.stop();
  }
}
