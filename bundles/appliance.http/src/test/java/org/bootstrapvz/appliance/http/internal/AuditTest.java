/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.UnixDomainSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.appliance.http.internal.server.LocalSocket;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What requests leave in the audit log, and who may read it. */
@FailOnStall
class AuditTest {
  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(folder, file -> new Planning(Optional.empty(), List.of()));
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private List<String> recorded() {
    return server.api.audit.lines();
  }

  private int postJson(String token, String path, String body) throws Exception {
    return server
        .send(
            server
                .request(token, path)
                .headers("Content-Type", "application/json", "Origin", server.origin())
                .POST(BodyPublishers.ofString(body)),
            BodyHandlers.ofString())
        .statusCode();
  }

  @Test
  void whoCreatedAndRevokedATokenIsRecordedWithoutTheToken() throws Exception {
    assertEquals(
        201, postJson(server.admin, "/api/v1/tokens", "{\"name\":\"carl\",\"role\":\"builder\"}"));
    server.send(
        server.request(server.admin, "/api/v1/tokens/carl").DELETE(), BodyHandlers.ofString());
    server.send(
        server.request(server.admin, "/api/v1/tokens/nobody").DELETE(), BodyHandlers.ofString());

    assertEquals(
        List.of(
            "token-created|ada|admin|127.0.0.1|token carl|ok|role builder",
            "token-revoked|ada|admin|127.0.0.1|token carl|ok|"),
        recorded());
  }

  @Test
  void whoSubmittedCancelledRetriedAndReorderedBuildsIsRecordedAlsoIfItIsRefused()
      throws Exception {
    server.post(server.builder, "/api/v1/builds?name=web.yml", "a: b");
    postJson(server.builder, "/api/v1/builds/1/priority", "{\"priority\": 5}");
    server.post(server.admin, "/api/v1/builds/1/cancel", "");
    server.post(server.admin, "/api/v1/builds/1/cancel", "");
    server.post(server.builder, "/api/v1/builds/1/retry", "");
    server.post(server.builder, "/api/v1/builds/77/cancel", "");

    assertEquals(
        List.of(
            "build-submitted|bob|builder|127.0.0.1|build 1|ok|web.yml",
            "build-prioritised|bob|builder|127.0.0.1|build 1|ok|to 5",
            "build-cancelled|ada|admin|127.0.0.1|build 1|ok|",
            "build-cancelled|ada|admin|127.0.0.1|build 1|refused|Build 1 has ended",
            "build-retried|bob|builder|127.0.0.1|build 1|ok|as build 2"),
        recorded());
  }

  @Test
  void loginsAreRecordedAndRefusedOnesOncePerMinute() throws Exception {
    postJson(null, "/api/v1/session", "{\"token\":\"" + server.builder + "\"}");
    for (int i = 0; i < 50; i++) {
      assertEquals(401, postJson(null, "/api/v1/session", "{\"token\":\"wrong\"}"));
      assertEquals(401, server.get("wrong", "/api/v1/builds").statusCode());
    }
    assertEquals(401, server.get(null, "/api/v1/builds").statusCode());

    assertEquals(
        List.of(
            "logged-in|bob|builder|127.0.0.1|web interface|ok|",
            "access-refused|||127.0.0.1|web interface|refused|Unknown or revoked token",
            "access-refused|||127.0.0.1|GET /api/v1/builds|refused|the token is not valid"),
        recorded());
    assertFalse(recorded().toString().contains(server.builder));
  }

  @Test
  void aCallerWithoutTheRoleIsRecordedByName() throws Exception {
    server.post(server.builder, "/api/v1/builds", "a: b");
    assertEquals(403, server.post(server.viewer, "/api/v1/builds/1/cancel", "").statusCode());

    assertEquals(
        "access-refused|vera|viewer|127.0.0.1|POST /api/v1/builds/1/cancel|refused|this requires the"
            + " role builder",
        recorded().get(1));
  }

  @Test
  void aCallerOfTheSocketIsRecordedAsTheUserWhomTheKernelNames() throws Exception {
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve(LocalSocket.FILE)))) {
      channel.write(
          ByteBuffer.wrap(
              ("POST /api/v1/builds?name=web.yml HTTP/1.1\r\nHost: localhost\r\nConnection:"
                      + " close\r\nContent-Type: application/yaml\r\nContent-Length: 4\r\n\r\na: b")
                  .getBytes(StandardCharsets.US_ASCII)));
      Channels.newInputStream(channel).readAllBytes();
    }

    assertEquals(
        List.of(
            "build-submitted|"
                + System.getProperty("user.name")
                + "|admin|local socket|build 1|ok|web.yml"),
        recorded());
  }

  @Test
  void onlyAdminsReadTheAuditLogPageByPage() throws Exception {
    for (int i = 0; i < 3; i++) {
      server.post(server.builder, "/api/v1/builds?name=" + i, "a: b");
    }
    assertEquals(403, server.get(server.builder, "/api/v1/audit").statusCode());
    assertEquals(401, server.get(null, "/api/v1/audit").statusCode());

    JsonNode page = TestServer.json(server.get(server.admin, "/api/v1/audit?limit=2"));
    JsonNode newest = page.path("entries").get(0);
    assertEquals("access-refused", newest.path("action").asString());
    assertEquals("bob", newest.path("by").asString());
    assertEquals(2, page.path("entries").size());
    assertEquals(3, page.path("next").asInt());
    JsonNode rest = TestServer.json(server.get(server.admin, "/api/v1/audit?before=3"));
    assertEquals(2, rest.path("entries").size());
    assertTrue(rest.path("next").isMissingNode(), rest.toString());
    assertEquals(400, server.get(server.admin, "/api/v1/audit?limit=1001").statusCode());
  }
}
