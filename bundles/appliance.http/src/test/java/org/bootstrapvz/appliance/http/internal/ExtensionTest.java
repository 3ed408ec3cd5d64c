/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal;

import static org.bootstrapvz.appliance.http.internal.TestServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.http.Authenticator;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.HttpResource;
import org.bootstrapvz.appliance.api.http.Response;
import org.bootstrapvz.appliance.api.http.Route;
import org.bootstrapvz.appliance.http.internal.routing.RouteTable;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Resources and authenticators of other bundles. */
@FailOnStall
class ExtensionTest {
  private static final String PATH = "/api/v1/greetings";

  @TempDir private Path folder;
  private final CountDownLatch released = new CountDownLatch(1);
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(folder, file -> new Planning(Optional.empty(), List.of()));
  }

  @AfterEach
  void stop() throws Exception {
    released.countDown();
    server.stop();
  }

  private TestService<HttpResource> add(Route... routes) {
    TestService<HttpResource> service = TestService.foreign(() -> List.of(routes), 0);
    server.api.table.bindResource(service);
    for (Route route : routes) {
      TestServer.await(() -> server.routes().contains(route));
    }
    return service;
  }

  /** Hangs until the end of the test, whatever interrupts it. */
  private Response hang() {
    while (true) {
      try {
        released.await();
        return Response.empty(204);
      } catch (InterruptedException e) {
        // As code does that knows nothing of interrupts.
      }
    }
  }

  record Greeting(String name, String greeting, Role role) {}

  private static Response greet(org.bootstrapvz.appliance.api.http.Request request)
      throws HttpProblem {
    return Response.json(
        200,
        new Greeting(
            request.variable("name"),
            request.query("word").orElse("hello"),
            request.caller().role()));
  }

  @Test
  void aResourceGetsItsVariablesAndItsCallerUntilItIsRemoved() throws Exception {
    TestService<HttpResource> service =
        add(Route.of("GET", PATH + "/{name}", Role.VIEWER, ExtensionTest::greet));
    String path = PATH + "/Ada%20L";
    assertEquals(401, server.get(null, path).statusCode());
    HttpResponse<String> answer = server.get(server.viewer, path + "?word=hi");
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals("{\"name\":\"Ada L\",\"greeting\":\"hi\",\"role\":\"viewer\"}", answer.body());
    server.api.table.unbindResource(service);
    assertEquals(404, server.get(server.viewer, path).statusCode());
  }

  @Test
  void aResourceReadsTheBodyAndRefuses() throws Exception {
    add(
        Route.of(
            "POST",
            PATH,
            Role.BUILDER,
            request -> {
              if (request.body().isEmpty()) {
                throw new HttpProblem(409, "Nobody to greet").with("empty", true);
              }
              return Response.text(201, "hello " + request.body());
            }));
    assertEquals(403, server.post(server.viewer, PATH, "Ada").statusCode());
    HttpResponse<String> created = server.post(server.builder, PATH, "Ada");
    assertEquals(201, created.statusCode());
    assertEquals("hello Ada", created.body());
    HttpResponse<String> refused = server.post(server.builder, PATH, "");
    assertEquals(409, refused.statusCode());
    assertTrue(json(refused).get("empty").asBoolean(), refused.body());
    String large = "#".repeat(TestServer.MAX_BODY_BYTES + 1);
    assertEquals(413, server.post(server.builder, PATH, large).statusCode());
  }

  @Test
  void headIsAnsweredWithoutABody() throws Exception {
    add(Route.open("GET", PATH, request -> Response.text(200, "hello")));
    HttpRequest.Builder request =
        server.request(null, PATH).method("HEAD", HttpRequest.BodyPublishers.noBody());
    HttpResponse<String> answer = server.send(request, BodyHandlers.ofString());
    assertEquals(200, answer.statusCode());
    assertEquals("5", answer.headers().firstValue("Content-Length").orElse(""));
    assertEquals("", answer.body());
  }

  @Test
  void aHandlerThatThrowsOrReturnsAnInvalidResponseIsAnInternalErrorWithoutDetails()
      throws Exception {
    add(
        Route.open(
            "GET",
            PATH + "/throws",
            request -> {
              throw new NoClassDefFoundError("org/example/Secret");
            }),
        Route.open("GET", PATH + "/null", request -> null),
        Route.open(
            "GET",
            PATH + "/body",
            request ->
                Response.json(
                    200,
                    new Object() {
                      @SuppressWarnings("unused")
                      public String getText() {
                        throw new IllegalStateException("Secret");
                      }
                    })));
    for (String path : List.of("/throws", "/null", "/body")) {
      HttpResponse<String> answer = server.get(null, PATH + path);
      assertEquals(500, answer.statusCode(), path);
      assertFalse(answer.body().contains("Secret"), answer.body());
    }
  }

  @Test
  void handlersThatHangDoNotBlockOthers() throws Exception {
    add(Route.open("GET", PATH, request -> hang()));
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) { // more than the server has threads
      answers.add(
          server.client.sendAsync(server.request(null, PATH).build(), BodyHandlers.ofString()));
    }
    assertEquals(200, server.get(server.viewer, "/api/v1/builds").statusCode());
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertEquals(503, answer.get().statusCode());
      assertTrue(answer.get().body().contains("org.example.other 1.2.3"), answer.get().body());
    }
    assertEquals(200, server.get(null, "/health").statusCode());
  }

  @Test
  void aResourceThatCannotBeCreatedOrHasAnotherPrefixIsIgnored() throws Exception {
    server.api.table.bindResource(
        TestService.foreign(
            () -> {
              throw new IllegalStateException("broken");
            },
            0));
    Route outside = Route.open("GET", "/metrics/greetings", request -> Response.empty(204));
    Route inside = Route.open("GET", PATH, request -> Response.empty(204));
    server.api.table.bindResource(TestService.foreign(() -> List.of(outside, inside), 0));
    TestServer.await(() -> server.routes().contains(inside));
    assertEquals(204, server.get(null, PATH).statusCode());
    assertEquals(404, server.get(null, "/metrics/greetings").statusCode());
  }

  @Test
  void fixedSegmentsWinOverVariables() throws Exception {
    add(
        Route.open("GET", PATH + "/{name}", request -> Response.text(200, "one")),
        Route.open("GET", PATH + "/all", request -> Response.text(200, "all")));
    assertEquals("all", server.get(null, PATH + "/all").body());
    assertEquals("one", server.get(null, PATH + "/7").body());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/status, GET /api/v1/status",
    "HEAD, /api/v1/status, GET /api/v1/status",
    "POST, /api/v1/builds/{id}/{what}, POST /api/v1/builds/{id}/cancel",
    "GET, /api/v1/builds/latest, 'GET /api/v1/builds/{id}'",
  })
  void aRouteThatTheApplianceAnswersItselfIsIgnoredAndReportedOnce(
      String method, String path, String own) throws Exception {
    Queue<String> logged = new ConcurrentLinkedQueue<>();
    Handler handler = recorder(logged);
    Logger logger = Logger.getLogger(RouteTable.class.getName());
    logger.addHandler(handler);
    try {
      Route colliding = Route.open(method, path, request -> Response.text(200, "shadow"));
      Route fine = Route.open("GET", PATH, request -> Response.text(200, "fine"));
      TestService<HttpResource> service =
          TestService.foreign(() -> List.of(colliding, fine), Integer.MAX_VALUE);
      server.api.table.bindResource(service);
      TestServer.await(() -> server.routes().contains(fine));

      assertEquals("fine", server.get(null, PATH).body());
      assertFalse(server.routes().contains(colliding));
      assertFalse(server.get(server.viewer, "/api/v1/status").body().contains("shadow"));
      assertEquals(404, server.get(server.viewer, "/api/v1/builds/latest").statusCode());
      assertEquals(
          List.of(
              "The bundle org.example.other 1.2.3 adds the route "
                  + method
                  + " "
                  + path
                  + ", which is ignored: the appliance itself answers "
                  + own
                  + ". Choose a path that no route of the appliance matches"),
          List.copyOf(logged));
    } finally {
      logger.removeHandler(handler);
    }
  }

  private static Handler recorder(Queue<String> messages) {
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        messages.add(new SimpleFormatter().formatMessage(record));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @Test
  void theDescriptionNamesTheRouteAndItsBundle() throws Exception {
    add(
        Route.of("GET", PATH + "/{name}", Role.BUILDER, ExtensionTest::greet)
            .withSummary("Greet somebody"),
        Route.open("POST", PATH + "/{name}", request -> Response.empty(204)));
    JsonNode path =
        json(server.get(server.viewer, "/api/v1/openapi.json")).get("paths").get(PATH + "/{name}");
    assertEquals("Greet somebody", path.get("get").get("summary").asString());
    assertEquals("org.example.other 1.2.3", path.get("get").get("x-bundle").asString());
    assertEquals("builder", path.get("get").get("x-role").asString());
    assertEquals("name", path.get("get").get("parameters").get(0).get("name").asString());
    assertEquals(0, path.get("post").get("security").size());
  }

  private TestService<Authenticator> authenticator(int ranking, Authenticator authenticator) {
    TestService<Authenticator> service = TestService.foreign(authenticator, ranking);
    server.api.authenticators.bindAuthenticator(service);
    return service;
  }

  private int statusWithKey(String key) throws Exception {
    HttpRequest.Builder request = server.request(null, "/api/v1/tokens").header("X-Api-Key", key);
    return server.send(request, BodyHandlers.ofString()).statusCode();
  }

  @Test
  void anAuthenticatorIdentifiesCallersUntilItIsRemoved() throws Exception {
    TestService<Authenticator> service =
        authenticator(
            0,
            request ->
                Optional.ofNullable(
                        Map.of("a", Role.ADMIN, "v", Role.VIEWER)
                            .get(request.header("x-api-key").orElse("")))
                    .map(role -> new Identity("keys", role)));
    assertEquals(200, statusWithKey("a"));
    assertEquals(403, statusWithKey("v"));
    assertEquals(401, statusWithKey("x"));
    assertEquals(200, server.get(server.admin, "/api/v1/tokens").statusCode());
    server.api.authenticators.unbindAuthenticator(service);
    assertEquals(401, statusWithKey("a"));
  }

  @Test
  void theAuthenticatorWithTheHighestRankingIsCalledFirstAndMayRefuse() throws Exception {
    authenticator(1, request -> Optional.of(new Identity("first", Role.VIEWER)));
    authenticator(2, request -> Optional.empty());
    authenticator(
        3,
        request -> {
          if (request.header("X-Api-Key").isPresent()) {
            throw new HttpProblem(403, "This key is locked");
          }
          return Optional.empty();
        });
    JsonNode caller = json(server.get(server.admin, "/api/v1/session"));
    assertEquals("first", caller.get("name").asString());
    assertEquals(403, statusWithKey("a"));
  }

  @Test
  void anAuthenticatorThatThrowsOrHangsIsSkipped() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    authenticator(
        2,
        request -> {
          throw new IllegalStateException("broken");
        });
    authenticator(
        1,
        request -> {
          calls.incrementAndGet();
          hang();
          return Optional.empty();
        });
    for (int i = 0; i < 5; i++) {
      assertEquals(200, server.get(server.viewer, "/api/v1/builds").statusCode());
      assertEquals(200, server.get(null, "/health").statusCode());
    }
    assertEquals(1, calls.get(), "it is not asked again while it hangs");
  }
}
