/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.Submission;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of events and logs. */
@FailOnStall
class EventStreamsTest {
  private static final int MAX_FACTOR = 16;

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    start("usual", TestServer.IDLE_SECONDS, TestServer.HEARTBEAT_SECONDS);
  }

  private void start(String name, int idle, int beat) throws Exception {
    Path own = Files.createDirectory(folder.resolve(name));
    server = new TestServer(own, file -> new Planning(Optional.empty(), List.of()), idle, beat);
    server.builds.submit(new Submission("web.yml", "a: b", 0, "bob"));
    server.builds.state(1, BuildState.RUNNING);
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private HttpRequest.Builder stream(String what) {
    return server
        .request(server.viewer, "/api/v1/builds/1/" + what)
        .header("Accept", "text/event-stream");
  }

  /** Reads lines of a stream until one is there; comments and empty lines aside. */
  private static List<String> until(BufferedReader lines, String last) throws Exception {
    List<String> read = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isEmpty() && !line.startsWith(":")) {
        read.add(line);
        if (line.equals(last)) {
          return read;
        }
      }
    }
    throw new AssertionError("The stream ended after " + read);
  }

  private BufferedReader open(HttpRequest.Builder request) throws Exception {
    HttpResponse<InputStream> response = server.send(request, BodyHandlers.ofInputStream());
    assertEquals(200, response.statusCode());
    assertEquals(
        "text/event-stream;charset=utf-8",
        response.headers().firstValue("Content-Type").orElse("").toLowerCase());
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  @Test
  void eventsAreSentImmediatelyUntilTheBuildHasEnded() throws Exception {
    server.builds.event(1, "started", Map.of());
    try (BufferedReader lines = open(stream("events"))) {
      assertEquals(
          List.of("id: 1", "event: started"), until(lines, "event: started"), "what was before");
      server.builds.event(1, "task-started", Map.of("phase", Phase.OS_INSTALLATION));
      until(lines, "id: 2");
      until(lines, "event: task-started");
      assertTrue(lines.readLine().contains("\"data\":{\"phase\":\"OS installation\"}"));
      server.builds.event(1, "finished", Map.of());
      server.builds.state(1, BuildState.SUCCEEDED);
      until(lines, "id: 3");
      until(lines, "event: end");
      until(lines, "data: {}");
      assertEquals("", lines.readLine());
      assertNull(lines.readLine(), "the server has closed it");
    }
    assertEquals(0, server.builds.followers(1));
  }

  @Test
  void aReconnectedClientOnlyGetsNewEventsAndLearnsWhenThereAreNoMore() throws Exception {
    server.builds.event(1, "started", Map.of());
    server.builds.event(1, "finished", Map.of());
    server.builds.state(1, BuildState.FAILED);
    try (BufferedReader lines = open(stream("events").header("Last-Event-ID", "1"))) {
      assertEquals("id: 2", lines.readLine());
      until(lines, "event: end");
    }
    HttpResponse<String> again =
        server.send(stream("events").header("Last-Event-ID", "2"), BodyHandlers.ofString());
    assertEquals(204, again.statusCode());
  }

  @Test
  void theLogIsReadInParts() throws Exception {
    server.builds.write(1, "one\nzwei äöü\n");
    HttpResponse<String> part = server.get(server.viewer, "/api/v1/builds/1/log?offset=4&limit=6");
    assertEquals("zwei ä", part.body());
    assertEquals("10", part.headers().firstValue("Log-Next-Offset").orElse(""));
  }

  @Test
  void manyFollowersOfALogNeedNoMoreThreads() throws Exception {
    List<BufferedReader> followers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      followers.add(open(stream("log")));
    }
    assertTrue(server.busyThreads() < 8, "no thread waits for a follower");
    server.builds.write(1, "hello\n");
    for (BufferedReader lines : followers) {
      until(lines, "data: {\"offset\":0,\"next\":6,\"text\":\"hello\\n\"}");
    }
    server.builds.state(1, BuildState.SUCCEEDED);
    for (BufferedReader lines : followers) {
      until(lines, "event: end");
      lines.close();
    }
  }

  @Test
  void aStreamWithoutNewsIsKeptAliveLongerThanTheIdleTimeout() throws Exception {
    // On a slow machine, a beat may come after the timeout; then the times are too short.
    for (int factor = 1; !isKeptAlive(factor); factor *= 2) {
      assertTrue(factor < MAX_FACTOR, "The stream was closed");
      server.stop();
      start(
          "factor" + 2 * factor,
          2 * factor * TestServer.IDLE_SECONDS,
          2 * factor * TestServer.HEARTBEAT_SECONDS);
    }
  }

  /** Whether a stream outlives an idle timeout that is this many times the usual one. */
  private boolean isKeptAlive(int factor) throws Exception {
    try (BufferedReader lines = open(stream("log"))) {
      int beats = 0;
      while (beats * TestServer.HEARTBEAT_SECONDS <= TestServer.IDLE_SECONDS) {
        String line = lines.readLine();
        if (line == null) {
          return false;
        }
        beats += line.startsWith(":") ? 1 : 0;
      }
      server.builds.write(1, "still there\n");
      until(lines, "event: log");
      return true;
    }
  }

  @Test
  void aFollowerThatStopsReadingOccupiesNoThreadDelaysNobodyAndIsDisconnected() throws Exception {
    int stalled = 20; // more than the server has threads
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < stalled; i++) {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(4096);
      socket.connect(new java.net.InetSocketAddress("127.0.0.1", server.port()));
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET /api/v1/builds/1/log HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                  + "Authorization: Bearer "
                  + server.viewer
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      sockets.add(socket);
    }
    TestServer.await(() -> server.builds.followers(1) == stalled);
    // Far more than the buffers between here and there take.
    String text = "x".repeat(100_000) + "\n";
    for (int i = 0; i < 200; i++) {
      server.builds.write(1, text);
    }
    CompletableFuture<HttpResponse<String>> other =
        server.client.sendAsync(
            server.request(server.viewer, "/api/v1/builds").build(), BodyHandlers.ofString());
    assertEquals(200, other.get().statusCode());
    // One who reads gets everything meanwhile.
    try (BufferedReader lines = open(stream("log"))) {
      server.builds.state(1, BuildState.SUCCEEDED);
      until(lines, "event: end");
    }
    TestServer.await(() -> server.builds.followers(1) == 0);
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void aFollowerOfASilentBuildGetsItsHeadersImmediately() throws Exception {
    server.stop();
    // Whoever waits for the next sign of life waits longer than this test may take.
    start("slow", 600, 300);
    for (int i = 0; i < 3; i++) {
      open(stream("log")).close();
    }
  }

  @Test
  void aFollowerThatDisconnectsIsRemoved() throws Exception {
    open(stream("events")).close();
    TestServer.await(() -> server.builds.followers(1) == 0); // noticed at the next beat
    assertEquals(0, server.streams().count());
  }

  @Test
  void aStreamEndsWhenItsTokenIsRevoked() throws Exception {
    try (BufferedReader lines = open(stream("events"))) {
      server.streams().checkAccess();
      server.builds.event(1, "started", Map.of());
      until(lines, "event: started");
      server.access.tokens().remove("vera");
      server.streams().checkAccess();
      while (lines.readLine() != null) {
        // until the server closes it, although the build goes on
      }
    }
    assertEquals(0, server.builds.followers(1));
  }

  @Test
  void oneCallerCannotOpenAllStreams() throws Exception {
    List<BufferedReader> followers = new ArrayList<>();
    for (int i = 0; i < TestApi.MAX_STREAMS_PER_IDENTITY; i++) {
      followers.add(open(stream("log")));
    }
    HttpResponse<String> refused = server.send(stream("log"), BodyHandlers.ofString());
    assertEquals(429, refused.statusCode());
    assertTrue(refused.body().contains("vera has 60 open streams"), refused.body());
    try (BufferedReader other =
        open(
            server
                .request(server.admin, "/api/v1/builds/1/log")
                .header("Accept", "text/event-stream"))) {
      server.builds.write(1, "hello\n");
      until(other, "event: log");
    }
    for (BufferedReader follower : followers) {
      follower.close();
    }
  }
}
