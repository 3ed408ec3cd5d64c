/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.appliance.api.http.HttpResource;
import org.bootstrapvz.appliance.api.http.Route;
import org.bootstrapvz.appliance.http.internal.connections.ConnectionLimits;
import org.bootstrapvz.appliance.http.internal.exchange.Json;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every refusal is a problem in JSON with the headers that protect browsers. */
@FailOnStall
class ProblemTest {
  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        new TestServer(
            folder,
            file -> new Planning(Optional.empty(), List.of()),
            TestServer.IDLE_SECONDS,
            TestServer.HEARTBEAT_SECONDS,
            new ConnectionLimits(2000, 1000, Duration.ofSeconds(20), 512, address -> false),
            List.of("127.0.0.1"));
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  /** The answer to a request as it is. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String get(String path) throws IOException {
    return raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }

  private static void assertProblem(String context, String answer) {
    String lower = answer.toLowerCase(Locale.ROOT);
    int body = answer.indexOf("\r\n\r\n") + 4;
    assertTrue(lower.contains("\r\ncontent-type: application/problem+json\r\n"), context + answer);
    assertTrue(lower.contains("\r\nx-content-type-options: nosniff\r\n"), context + answer);
    assertTrue(lower.contains("\r\ncontent-security-policy: default-src 'none'"), context + answer);
    assertTrue(lower.contains("\r\ncache-control: no-store\r\n"), context + answer);
    assertFalse(lower.contains("jetty") || lower.contains("<html"), context + answer);
    JsonNode json = Json.parse(answer.substring(body));
    assertEquals(answer.substring(9, 12), json.get("status").asString(), context);
    assertFalse(json.get("detail").asString().isEmpty(), context);
  }

  @Test
  void whatTheServerItselfRefusesIsAProblem() throws Exception {
    String long100k = "x".repeat(100_000);
    for (String path :
        List.of(
            "/%",
            "/api/v1/builds/%ff",
            "/api/v1/builds/1%00",
            "/\\..\\",
            "/../../etc/passwd",
            "/api/v1/%2e%2e/builds",
            "/api/v1/builds/;a=b",
            "/nowhere",
            "/" + long100k,
            "/health?" + long100k)) {
      assertProblem(path.substring(0, Math.min(20, path.length())), get(path));
    }
    String host = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    for (String request :
        List.of(
            "GET /health" + host + "X: " + long100k + "\r\n\r\n",
            "BREW /api/v1/builds" + host + "\r\n",
            "TRACE /health" + host + "\r\n",
            "GET /health HTTP/1.1\r\n\r\n",
            "GET /health" + host + "Content-Length: x\r\n\r\n",
            "GET /health" + host + "a b: c\r\n\r\n",
            "nonsense\r\n\r\n",
            "GET /health HTTP/7.0\r\nHost: localhost\r\n\r\n",
            "POST /api/v1/session"
                + host
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")) {
      assertProblem(request.substring(0, Math.min(20, request.length())), raw(request));
    }
  }

  @Test
  void anErrorOfTheJvmAndAFullDiskAreProblems() throws Exception {
    server.api.table.bindResource(
        TestService.own(
            (HttpResource)
                () ->
                    List.of(
                        Route.open(
                            "GET",
                            "/api/v1/endless",
                            request -> {
                              throw new StackOverflowError();
                            }),
                        Route.open(
                            "GET",
                            "/api/v1/full",
                            request -> {
                              throw new IOException("write failed: No space left on device");
                            }))));
    String endless = get("/api/v1/endless");
    assertTrue(endless.startsWith("HTTP/1.1 500"), endless);
    assertProblem("Error", endless);
    String full = get("/api/v1/full");
    assertTrue(full.startsWith("HTTP/1.1 507"), full);
    assertProblem("full disk", full);
  }

  @Test
  void ambiguousHeadersAreRefused() throws Exception {
    String twice =
        raw(
            "GET /api/v1/builds HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n"
                + "Authorization: Bearer "
                + server.admin
                + "\r\nConnection: close\r\n\r\n");
    assertTrue(twice.startsWith("HTTP/1.1 400"), twice);
    assertTrue(twice.contains("the header Authorization twice"), twice);
  }

  @Test
  void textsThatCannotBeStoredOrDeceiveAreRefusedWithTheirPlace() throws Exception {
    for (String name : List.of("a%00b", "a%1b%5b2J", "a%E2%80%AEgpj", "a%0Ab", "%ff")) {
      HttpResponse<String> answer =
          server.post(server.builder, "/api/v1/builds?name=" + name, "a: b");
      assertEquals(400, answer.statusCode(), name);
      assertTrue(answer.body().contains("name: "), answer.body());
    }
    HttpResponse<String> body = server.post(server.builder, "/api/v1/builds", "a:\n  - b\0");
    assertEquals(400, body.statusCode());
    assertTrue(
        body.body().contains("The body, line 2, column 6: The character U+0000 is not allowed"),
        body.body());
    HttpResponse<String> token =
        server.post(server.admin, "/api/v1/tokens", "{\"name\":\"a\\u0000\",\"role\":\"viewer\"}");
    assertEquals(400, token.statusCode());
    assertTrue(token.body().contains("The body/name: "), token.body());
    HttpResponse<String> nested =
        server.post(server.admin, "/api/v1/tokens", "[".repeat(900) + "]".repeat(900));
    assertEquals(400, nested.statusCode());
    assertTrue(nested.body().contains("line 1, column "), nested.body());
    assertTrue(server.builds.list(query()).builds().isEmpty(), "nothing was submitted");
  }

  private static org.bootstrapvz.appliance.api.history.BuildQuery query() {
    return new org.bootstrapvz.appliance.api.history.BuildQuery(
        java.util.Set.of(), java.util.OptionalLong.empty(), 10);
  }

  private int login(Map<String, String> headers) throws Exception {
    HttpRequest.Builder request =
        server
            .request(null, "/api/v1/session")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"token\":\"" + server.viewer + "\"}"));
    headers.forEach(request::header);
    HttpResponse<String> answer = server.send(request, BodyHandlers.ofString());
    if (answer.statusCode() == 200) {
      assertTrue(answer.headers().firstValue("Set-Cookie").orElse("").contains("; Secure"));
    }
    return answer.statusCode();
  }

  @Test
  void thePageWorksBehindATrustedProxyThatEndsTls() throws Exception {
    Map<String, String> forwarded =
        Map.of(
            "Origin", "https://images.example.org",
            "X-Forwarded-Proto", "https",
            "X-Forwarded-Host", "images.example.org",
            "X-Forwarded-For", "192.0.2.7");
    assertEquals(200, login(forwarded));
    HttpRequest.Builder secure = server.request(null, "/health");
    forwarded.forEach(secure::header);
    for (boolean tls : new boolean[] {true, false}) {
      HttpResponse<String> answer =
          server.send(tls ? secure : server.request(null, "/health"), BodyHandlers.ofString());
      assertEquals(
          tls ? "max-age=31536000" : "",
          answer.headers().firstValue("Strict-Transport-Security").orElse(""));
    }
    Map<String, String> foreign =
        Map.of(
            "Origin", "https://evil.example.org",
            "X-Forwarded-Proto", "https",
            "X-Forwarded-Host", "evil.example.org");
    assertEquals(421, login(foreign));
    server.stop();
    server =
        new TestServer(
            java.nio.file.Files.createDirectory(folder.resolve("untrusted")),
            file -> new Planning(Optional.empty(), List.of()));
    assertEquals(403, login(forwarded));
  }
}
