/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.appliance.api.builds.Submission;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens, sessions of the page, and requests from pages of other sites. */
@FailOnStall
class AuthenticationTest {
  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(folder, file -> new Planning(Optional.empty(), List.of()));
    server.builds.submit(new Submission("web.yml", "a: b", 0, "bob"));
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private HttpResponse<String> login(String token, String origin) throws Exception {
    HttpRequest.Builder request =
        server
            .request(null, "/api/v1/session")
            .headers("Content-Type", "application/json", "Origin", origin)
            .POST(BodyPublishers.ofString("{\"token\":\"" + token + "\"}"));
    return server.send(request, BodyHandlers.ofString());
  }

  private HttpRequest.Builder with(String cookie, String path) {
    return server.request(null, path).header("Cookie", cookie);
  }

  private String cookie() throws Exception {
    HttpResponse<String> response = login(server.builder, server.origin());
    assertEquals(200, response.statusCode(), response.body());
    String header = response.headers().firstValue("Set-Cookie").orElse("");
    assertTrue(header.contains("; HttpOnly; SameSite=Strict"), header);
    return header.substring(0, header.indexOf(';'));
  }

  private int status(HttpRequest.Builder request) throws Exception {
    return server.send(request, BodyHandlers.ofString()).statusCode();
  }

  @Test
  void theCookieOfASessionReplacesItsToken() throws Exception {
    String cookie = cookie();
    assertEquals(200, status(with(cookie, "/api/v1/builds")));
    assertEquals(
        201,
        status(
            with(cookie, "/api/v1/builds")
                .headers("Origin", server.origin(), "Content-Type", "application/yaml")
                .POST(BodyPublishers.ofString("a: b"))));
    assertEquals(403, status(with(cookie, "/api/v1/tokens")));
  }

  @Test
  void onlyTheSameOriginCanChangeSomethingWithTheCookie() throws Exception {
    String cookie = cookie();
    String path = "/api/v1/builds/1/cancel";
    HttpRequest.Builder without = with(cookie, path).POST(BodyPublishers.noBody());
    assertEquals(403, status(without));
    for (String other : List.of("https://evil.example.org", "null", "http://127.0.0.1:1")) {
      assertEquals(
          403, status(with(cookie, path).header("Origin", other).POST(BodyPublishers.noBody())));
    }
    assertEquals(
        202,
        status(with(cookie, path).header("Origin", server.origin()).POST(BodyPublishers.noBody())));
  }

  @Test
  void anotherPageCannotLogInNorCanAWrongToken() throws Exception {
    assertEquals(403, login(server.builder, "https://evil.example.org").statusCode());
    assertEquals(401, login("wrong", server.origin()).statusCode());
  }

  @Test
  void aSessionEndsAtLogoutAndWhenItsTokenIsRevoked() throws Exception {
    String first = cookie();
    String second = cookie();
    assertEquals(
        204, status(with(first, "/api/v1/session").header("Origin", server.origin()).DELETE()));
    assertEquals(401, status(with(first, "/api/v1/builds")));
    assertEquals(200, status(with(second, "/api/v1/builds")));
    server.access.tokens().remove("bob");
    assertEquals(401, status(with(second, "/api/v1/builds")));
  }

  private String answerTo(String host) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void anUnknownHostNameIsRefused() throws Exception {
    for (String ours : List.of("localhost", "127.0.0.1:8484", "[::1]:80", "Images.example.org")) {
      assertTrue(answerTo(ours).startsWith("HTTP/1.1 200"), ours);
    }
    for (String other : List.of("evil.example.org", "localhost.example.org:80", "127.0.0.1.nip")) {
      assertTrue(answerTo(other).startsWith("HTTP/1.1 421"), other);
    }
  }

  @Test
  void theHealthIsPublicButTheMetricsAreNot() throws Exception {
    server.builds.free(1000);
    HttpResponse<String> health = server.get(null, "/health");
    assertEquals(200, health.statusCode());
    assertEquals("warn", TestServer.json(health).get("status").asString(), "little disk is left");
    server.builds.trouble("The database cannot be reached");
    assertEquals(503, server.get(null, "/health").statusCode());
    server.builds.trouble("");
    assertEquals(401, server.get(null, "/metrics").statusCode());
    List<String> lines = server.get(server.viewer, "/metrics").body().lines().toList();
    assertTrue(lines.contains("bootstrapvz_queue_length 1"), lines.toString());
    assertTrue(lines.contains("bootstrapvz_builds{state=\"queued\"} 1"), lines.toString());
    assertTrue(
        lines.contains("bootstrapvz_phase_seconds_sum{phase=\"OS installation\"} 90"),
        lines.toString());
  }
}
