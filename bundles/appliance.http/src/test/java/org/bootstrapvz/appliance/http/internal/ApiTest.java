/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal;

import static org.bootstrapvz.appliance.http.internal.TestServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.appliance.api.MadeUpBuilds;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.http.Route;
import org.bootstrapvz.appliance.http.internal.exchange.Json;
import org.bootstrapvz.testkit.FailOnStall;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers of the API to valid and invalid requests. */
@FailOnStall
class ApiTest {
  private static final String MANIFEST = "provider: {name: kvm}\n";

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        new TestServer(
            folder,
            file ->
                new Planning(
                    Optional.empty(),
                    List.of(
                        new Problem(
                            Problem.Severity.ERROR,
                            new Location(file.file(), 3, 7),
                            "system.release",
                            "There is no release",
                            "Name one"))),
            new ExtensionInfo(
                ExtensionInfo.Kind.BUNDLE,
                "odd.jar",
                "",
                "",
                "",
                ExtensionInfo.State.REFUSED,
                "It is not a bundle"));
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private static void assertProblem(int status, String says, HttpResponse<String> response) {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElse(""));
    JsonNode problem = json(response);
    assertEquals(status, problem.get("status").asInt());
    assertTrue(problem.get("detail").asString().contains(says), response.body());
  }

  private long submitted() throws Exception {
    HttpResponse<String> response =
        server.post(server.builder, "/api/v1/builds?name=web.yml", MANIFEST);
    assertEquals(201, response.statusCode(), response.body());
    return json(response).get("id").asLong();
  }

  @Test
  void aSubmittedManifestIsABuildOfTheCaller() throws Exception {
    HttpResponse<String> response =
        server.post(server.builder, "/api/v1/builds?name=web.yml&priority=7", MANIFEST);
    assertEquals(201, response.statusCode());
    assertEquals("/api/v1/builds/1", response.headers().firstValue("Location").orElse(""));
    JsonNode build = json(server.get(server.viewer, "/api/v1/builds/1"));
    assertEquals("web.yml", build.get("name").asString());
    assertEquals("bob", build.get("submitter").asString());
    assertEquals(7, build.get("priority").asInt());
    assertEquals("queued", build.get("state").asString());
    assertFalse(Instant.parse(build.get("submitted").asString()).isAfter(Instant.now()));
    assertFalse(build.has("started"), "not yet");
  }

  @Test
  void phasesAreNamedByTheirTitlesEverywhere() throws Exception {
    long id = submitted();
    server.builds.start(id, Instant.now());
    server.builds.finishTask(id, 0, Duration.ofMillis(1500), Instant.now());
    server.builds.event(id, "phase-started", Map.of("phase", Phase.OS_INSTALLATION));
    String path = "/api/v1/builds/" + id;
    JsonNode build = json(server.get(server.viewer, path));
    String first = server.builds.plan().tasks().get(0).phase().title();
    assertEquals(first, build.get("tasks").get(0).get("phase").asString());
    assertEquals(1.5, build.get("phases").get(first).asDouble());
    JsonNode plan = json(server.get(server.viewer, path + "/plan"));
    TreeSet<String> named = new TreeSet<>();
    plan.get("tasks").forEach(task -> named.add(task.get("phase").asString()));
    JsonNode events = json(server.get(server.viewer, path + "/events")).get("events");
    assertEquals("OS installation", events.at("/3/data/phase").asString(), events.toString());
    List<String> described = new ArrayList<>();
    json(server.get(server.viewer, "/api/v1/openapi.json"))
        .at("/components/schemas/Phase/enum")
        .forEach(title -> described.add(title.asString()));
    assertEquals(Stream.of(Phase.values()).map(Phase::title).toList(), described);
    assertTrue(described.containsAll(named), named.toString());
  }

  @Test
  void theManifestIsReturnedAsItWasSubmitted() throws Exception {
    long id = submitted();
    assertEquals(MANIFEST, server.get(server.builder, "/api/v1/builds/" + id + "/manifest").body());
  }

  @Test
  void aManifestWithErrorsIsRefusedWithAllOfThem() throws Exception {
    HttpResponse<String> response = server.post(server.builder, "/api/v1/builds", "wrong");
    assertProblem(422, "errors", response);
    assertEquals(2, json(response).get("problems").get(0).get("line").asInt());
    assertEquals("error", json(response).get("problems").get(0).get("severity").asString());
    assertEquals(1, json(response).get("build").asInt());
  }

  @Test
  void aCheckedManifestHasLinesAndColumnsButNoPathsOfTheServer() throws Exception {
    HttpResponse<String> response = server.post(server.builder, "/api/v1/validate", "a: b");
    assertEquals(200, response.statusCode());
    assertEquals(
        Json.parse(
            "{\"valid\":false,\"problems\":[{\"severity\":\"error\",\"line\":3,\"column\":7,"
                + "\"path\":\"system.release\",\"message\":\"There is no release\","
                + "\"remedy\":\"Name one\"}]}"),
        json(response));
    assertProblem(422, "errors", server.post(server.builder, "/api/v1/plan", "a: b"));
  }

  @Test
  void aValidManifestIsAnsweredWithPlanAndWarningsButNoPathsOfTheServer() throws Exception {
    server.stop();
    server =
        new TestServer(
            folder.resolve("valid"), file -> new Planning(Optional.of(planForArm64()), List.of()));
    Files.createDirectories(folder.resolve("valid"));
    HttpResponse<String> response = server.post(server.builder, "/api/v1/plan", "a: b");
    assertEquals(200, response.statusCode(), response.body());
    JsonNode plan = json(response);
    assertEquals("", plan.get("manifest").asString());
    assertEquals("kvm", plan.get("provider").asString());
    assertEquals(server.builds.plan().tasks().size(), plan.get("tasks").size());
    assertEquals(server.builds.plan().relations().size(), plan.get("relations").size());
    JsonNode warning = plan.get("problems").get(0);
    assertEquals("warning", warning.get("severity").asString());
    assertEquals("system.architecture", warning.get("path").asString());
    assertTrue(
        warning.get("message").asString().contains("cannot run programs for arm64"),
        warning.toString());
    assertEquals(1, plan.get("problems").size());
  }

  /** This machine cannot build it. */
  private static Plan planForArm64() {
    Plan plan = new MadeUpBuilds().plan();
    return new Plan(
        new TestManifest().with("system.architecture", "arm64"),
        plan.provider(),
        plan.plugins(),
        plan.tasks(),
        plan.relations(),
        plan.hostCommands());
  }

  @Test
  void buildsAreListedInPages() throws Exception {
    for (int i = 0; i < 5; i++) {
      submitted();
    }
    server.builds.state(2, BuildState.FAILED);
    JsonNode first = json(server.get(server.viewer, "/api/v1/builds?limit=2"));
    assertEquals(5, first.get("builds").get(0).get("id").asInt());
    assertEquals(4, first.get("next").asInt());
    JsonNode second = json(server.get(server.viewer, "/api/v1/builds?limit=4&before=4"));
    assertEquals(3, second.get("builds").size());
    assertFalse(second.has("next"), "this is the last page");
    JsonNode failed = json(server.get(server.viewer, "/api/v1/builds?state=failed,cancelled"));
    assertEquals(1, failed.get("builds").size());
    assertProblem(
        400, "is not one of queued", server.get(server.viewer, "/api/v1/builds?state=odd"));
    assertProblem(400, "from 1 to", server.get(server.viewer, "/api/v1/builds?limit=x"));
  }

  @Test
  void aBuildCanBeCancelledOnceAndRetriedAfterwards() throws Exception {
    submitted();
    assertProblem(409, "has not ended", server.post(server.builder, "/api/v1/builds/1/retry", ""));
    assertEquals(202, server.post(server.builder, "/api/v1/builds/1/cancel", "").statusCode());
    assertProblem(409, "has ended", server.post(server.builder, "/api/v1/builds/1/cancel", ""));
    HttpResponse<String> again = server.post(server.builder, "/api/v1/builds/1/retry", "");
    assertEquals(201, again.statusCode());
    assertEquals(1, json(again).get("retryOf").asInt());
  }

  @Test
  void aPriorityOutOfRangeIsRefused() throws Exception {
    submitted();
    String path = "/api/v1/builds/1/priority";
    assertEquals(200, server.post(server.builder, path, "{\"priority\": 9}").statusCode());
    assertProblem(400, "from -100 to 100", server.post(server.builder, path, "{\"priority\":101}"));
    assertProblem(400, "openapi.json", server.post(server.builder, path, "{\"prio\": 9}"));
    assertProblem(400, "openapi.json", server.post(server.builder, path, "nine"));
  }

  @Test
  void everyRequestForAnUnknownBuildIsNotFound() throws Exception {
    for (String what : List.of("", "/manifest", "/plan", "/events", "/log", "/artefacts")) {
      assertProblem(404, "no build 77", server.get(server.builder, "/api/v1/builds/77" + what));
    }
    for (String what : List.of("cancel", "retry")) {
      assertProblem(
          404, "no build 77", server.post(server.builder, "/api/v1/builds/77/" + what, ""));
    }
    assertProblem(404, "is a number", server.get(server.builder, "/api/v1/builds/x"));
    assertProblem(404, "openapi.json", server.get(server.builder, "/api/v1/nowhere"));
  }

  @Test
  void withoutAKnownTokenNothingIsAnswered() throws Exception {
    HttpResponse<String> response = server.get(null, "/api/v1/builds");
    assertProblem(401, "Bearer TOKEN", response);
    assertTrue(response.headers().firstValue("WWW-Authenticate").isPresent());
    assertProblem(
        401, "Unknown or revoked token", server.get(server.viewer + "x", "/api/v1/builds"));
    for (Route route : server.routes()) {
      if (route.role().isPresent()) {
        String path = route.path().replace("{id}", "1").replace("{name}", "x");
        HttpRequest.Builder request =
            server.request(null, path).method(route.method(), BodyPublishers.noBody());
        assertEquals(401, server.send(request, BodyHandlers.ofString()).statusCode(), route.path());
      }
    }
  }

  @Test
  void aRoleThatIsTooLowIsRefused() throws Exception {
    submitted();
    assertProblem(
        403,
        "the role builder; vera has the role viewer",
        server.post(server.viewer, "/api/v1/builds", "a"));
    assertProblem(403, "builder", server.get(server.viewer, "/api/v1/builds/1/manifest"));
    assertProblem(403, "builder", server.post(server.viewer, "/api/v1/builds/1/cancel", ""));
    assertProblem(403, "the role admin", server.get(server.builder, "/api/v1/tokens"));
    assertEquals(200, server.get(server.admin, "/api/v1/builds/1").statusCode());
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedWithOrWithoutAContentLength() throws Exception {
    String large = "#".repeat(TestServer.MAX_BODY_BYTES + 1);
    assertProblem(413, "larger than", server.post(server.builder, "/api/v1/builds", large));
    HttpRequest.Builder chunked =
        server
            .request(server.builder, "/api/v1/builds")
            .header("Content-Type", "application/yaml")
            .POST(
                BodyPublishers.ofInputStream(
                    () ->
                        new java.io.ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))));
    assertProblem(413, "larger than", server.send(chunked, BodyHandlers.ofString()));
    String most = "#".repeat(TestServer.MAX_BODY_BYTES);
    assertEquals(201, server.post(server.builder, "/api/v1/builds", most).statusCode());
  }

  @Test
  void aBodyOfAnotherTypeIsRefused() throws Exception {
    HttpRequest.Builder form =
        server
            .request(server.builder, "/api/v1/builds")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("a=b"));
    assertProblem(415, "application/yaml", server.send(form, BodyHandlers.ofString()));
    HttpRequest.Builder binary =
        server
            .request(server.builder, "/api/v1/builds")
            .header("Content-Type", "application/yaml")
            .POST(BodyPublishers.ofByteArray(new byte[] {(byte) 0xff, (byte) 0xfe}));
    assertProblem(400, "UTF-8", server.send(binary, BodyHandlers.ofString()));
  }

  @Test
  void aMissingBodyEndsTheRequestAfterATimeout() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /api/v1/builds HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                  + server.builder
                  + "\r\nContent-Type: application/yaml\r\nContent-Length: 100\r\n\r\nprovider:")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 408"), answer);
    }
  }

  @Test
  void anUnsupportedMethodIsRefusedWithTheSupportedOnes() throws Exception {
    HttpRequest.Builder request =
        server.request(server.builder, "/api/v1/builds").method("PUT", BodyPublishers.noBody());
    HttpResponse<String> response = server.send(request, BodyHandlers.ofString());
    assertProblem(405, "GET, HEAD, POST", response);
    assertEquals("GET, HEAD, POST", response.headers().firstValue("Allow").orElse(""));
  }

  @Test
  void anUnreachableDatabaseIsAServerErrorUntilItIsReachableAgain() throws Exception {
    server.builds.trouble("The database cannot be reached");
    assertProblem(503, "database", server.get(server.viewer, "/api/v1/builds"));
    assertProblem(503, "database", server.post(server.builder, "/api/v1/builds", MANIFEST));
    server.builds.trouble("");
    assertEquals(200, server.get(server.viewer, "/api/v1/builds").statusCode());
  }

  @Test
  void fiveHundredConcurrentSubmissionsAreAllAccepted() throws Exception {
    server.stop();
    // On a slow machine a connection may be idle for longer than the short timeout.
    server =
        new TestServer(
            folder.resolve("own"), file -> new Planning(Optional.empty(), List.of()), 600, 300);
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 500)
            .mapToObj(
                i ->
                    server.client.sendAsync(
                        server
                            .request(server.builder, "/api/v1/builds?name=" + i)
                            .header("Content-Type", "application/yaml")
                            .POST(BodyPublishers.ofString(MANIFEST))
                            .build(),
                        BodyHandlers.ofString()))
            .toList();
    TreeSet<Long> ids = new TreeSet<>();
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertEquals(201, answer.get().statusCode());
      ids.add(json(answer.get()).get("id").asLong());
    }
    assertEquals(500, ids.size());
    assertEquals(
        500, json(server.get(server.viewer, "/api/v1/builds?limit=1000")).at("/builds").size());
  }

  @Test
  void thePlanOfABuildHasALayoutForADiagram() throws Exception {
    long id = submitted();
    server.builds.start(id, Instant.now());
    ObjectNode json =
        (ObjectNode) json(server.get(server.viewer, "/api/v1/builds/" + id + "/plan"));
    int tasks = 12; // as many as fit into a body
    ArrayNode some = json.putArray("tasks");
    server.builds.plan().tasks().stream().limit(tasks).map(Json::tree).forEach(some::add);
    json.putArray("relations");
    String plan = json.toString();
    JsonNode drawing = json(server.post(server.viewer, "/api/v1/drawing?columns=9", plan));
    assertEquals(9, drawing.get("columns").asInt());
    List<String> drawn = new ArrayList<>();
    drawing
        .get("bands")
        .forEach(band -> band.get("boxes").forEach(box -> drawn.add(box.get("task").asString())));
    assertEquals(
        server.builds.plan().tasks().stream().limit(tasks).map(PlannedTask::id).toList(), drawn);
    assertProblem(
        400, "from 1 to 100", server.post(server.viewer, "/api/v1/drawing?columns=0", plan));
    assertProblem(400, "plan document", server.post(server.viewer, "/api/v1/drawing", "[]"));
  }

  @Test
  void pluginsHaveTheStateOfEachFile() throws Exception {
    JsonNode plugin = json(server.get(server.viewer, "/api/v1/plugins")).get("plugins").get(0);
    assertEquals("odd.jar", plugin.get("name").asString());
    assertEquals("refused", plugin.get("state").asString());
    assertEquals("It is not a bundle", plugin.get("missing").asString());
  }

  @Test
  void onlyAdminsCreateAndRevokeTokensAndTheLastOneStays() throws Exception {
    HttpResponse<String> response =
        server.post(server.admin, "/api/v1/tokens", "{\"name\":\"carl\",\"role\":\"viewer\"}");
    assertEquals(201, response.statusCode());
    String token = json(response).get("token").asString();
    assertEquals(200, server.get(token, "/api/v1/builds").statusCode());
    HttpResponse<String> list = server.get(server.admin, "/api/v1/tokens");
    assertFalse(list.body().contains(token));
    assertEquals(
        List.of("local-admin", "vera", "bob", "ada", "carl"),
        json(list).get("tokens").valueStream().map(t -> t.get("name").asString()).toList());
    assertProblem(
        400,
        "viewer, builder, admin",
        server.post(server.admin, "/api/v1/tokens", "{\"name\":\"x\",\"role\":\"king\"}"));
    assertProblem(
        400,
        "A token named carl already exists",
        server.post(server.admin, "/api/v1/tokens", "{\"name\":\"carl\",\"role\":\"admin\"}"));
    assertEquals(204, delete("/api/v1/tokens/carl").statusCode());
    assertEquals(401, server.get(token, "/api/v1/builds").statusCode());
    assertProblem(404, "no token named carl", delete("/api/v1/tokens/carl"));
    assertEquals(204, delete("/api/v1/tokens/local-admin").statusCode());
    assertProblem(409, "the last admin", delete("/api/v1/tokens/ada"));
  }

  private HttpResponse<String> delete(String path) throws Exception {
    return server.send(server.request(server.admin, path).DELETE(), BodyHandlers.ofString());
  }

  @Test
  void theDescriptionNamesExactlyTheExistingRoutes() throws Exception {
    JsonNode description = json(server.get(server.viewer, "/api/v1/openapi.json"));
    assertEquals("3.1.0", description.get("openapi").asString());
    TreeSet<String> described = new TreeSet<>();
    description
        .get("paths")
        .propertyStream()
        .forEach(
            path ->
                path.getValue()
                    .propertyStream()
                    .filter(operation -> !operation.getKey().equals("parameters"))
                    .forEach(
                        operation ->
                            described.add(
                                operation.getKey().toUpperCase()
                                    + " "
                                    + path.getKey()
                                    + " "
                                    + operation.getValue().path("x-role").asString("everybody"))));
    assertEquals(
        server.routes().stream()
            .map(
                route ->
                    route.method()
                        + " "
                        + route.path()
                        + " "
                        + route.role().map(Object::toString).orElse("everybody"))
            .collect(Collectors.toCollection(TreeSet::new)),
        described);
  }
}
