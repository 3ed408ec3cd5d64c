/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.appliance.api.builds.Submission;
import org.bootstrapvz.appliance.http.internal.connections.ConnectionLimits;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that try to keep others from being answered. */
@FailOnStall
class AttackTest {
  private static final int LONG_SECONDS = 600;
  private static final String SLOW_BODY =
      "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
          + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
  private static final String SLOW_HEAD = "GET /health HTTP/1.1\r\nHost: local";
  private static final String READS_NOTHING =
      "GET /api/v1/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(200);

  @TempDir private Path folder;
  private final List<SocketChannel> attackers = new ArrayList<>();
  private TestServer server;

  private void start(Planner planner, ConnectionLimits limits) throws Exception {
    server = new TestServer(folder, planner, LONG_SECONDS, LONG_SECONDS, limits, List.of());
  }

  private void start(ConnectionLimits limits) throws Exception {
    start(file -> new Planning(Optional.empty(), List.of()), limits);
  }

  private static ConnectionLimits limits(int total, int perAddress, int seconds, int rate) {
    return new ConnectionLimits(
        total, perAddress, Duration.ofSeconds(seconds), rate, address -> false);
  }

  @AfterEach
  void stop() throws Exception {
    for (SocketChannel attacker : attackers) {
      attacker.close();
    }
    server.stop();
  }

  private SocketChannel attack(String start) throws IOException {
    SocketChannel channel = SocketChannel.open();
    attackers.add(channel);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 2048);
    channel.connect(new InetSocketAddress("127.0.0.1", server.port()));
    channel.configureBlocking(false);
    send(channel, start);
    return channel;
  }

  /** Sends what the connection accepts; false if the server has closed it. */
  private static boolean send(SocketChannel channel, String text) {
    try {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Asks as an admin, and returns after how many milliseconds all is answered. */
  private long ask() throws Exception {
    HttpClient client = HttpClient.newHttpClient(); // so that it needs a new connection
    long start = System.nanoTime();
    for (String path : List.of("/health", "/api/v1/builds", "/metrics")) {
      HttpResponse<String> answer =
          client
              .sendAsync(server.request(server.admin, path).build(), BodyHandlers.ofString())
              .get(10, TimeUnit.SECONDS);
      assertEquals(200, answer.statusCode(), answer.body());
    }
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }

  @Test
  void slowBodiesHoldNoThreads() throws Exception {
    start(limits(2000, 1000, LONG_SECONDS, 1));
    for (int i = 0; i < 40; i++) {
      attack(SLOW_BODY);
    }
    TestServer.await(() -> server.connections() == 40);
    ask();
    // They are slow, but not too slow.
    SocketChannel last = attackers.get(attackers.size() - 1);
    assertTrue(send(last, " ".repeat(999)));
    ByteBuffer answer = ByteBuffer.allocate(16);
    last.configureBlocking(true);
    last.read(answer);
    assertEquals("HTTP/1.1 400", new String(answer.array(), 0, 12, StandardCharsets.US_ASCII));
  }

  @Test
  void anAdminIsAnsweredDuringAnAttackWithFiveThousandConnections() throws Exception {
    start(limits(2000, 1000, 5, 100));
    long slowest = 0;
    for (int i = 0; i < 5000; i++) {
      attack(List.of(SLOW_HEAD, SLOW_BODY, READS_NOTHING).get(i % 3));
      if (i % 250 == 249) {
        slowest = Math.max(slowest, ask());
      }
    }
    for (int round = 0; round < 5; round++) {
      attackers.forEach(attacker -> send(attacker, " "));
      slowest = Math.max(slowest, ask());
    }
    System.out.println("Three answers took at most " + slowest + " ms during the attack");
    TestServer.await(() -> server.connections() <= 1000);
    ask();
  }

  @Test
  void aClientBelowTheMinimumRateIsDisconnected() throws Exception {
    start(limits(2000, 1000, 1, 1000));
    for (String start : List.of(SLOW_HEAD, SLOW_BODY)) {
      SocketChannel slow = attack(start);
      TestServer.await(() -> !send(slow, "x"));
    }
    long build = server.builds.submit(new Submission("web.yml", "a: b", 0, "bob")).id();
    server.builds.write(build, "a line of the log\n".repeat(60_000));
    attack(
        ("GET /api/v1/builds/"
                + build
                + "/log?limit=1000000 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + server.viewer
                + "\r\n\r\n")
            .repeat(20));
    TestServer.await(() -> server.connections() == 1); // all of the answers would be 20 MB
    TestServer.await(() -> server.connections() == 0);
  }

  @Test
  void aClientWithoutATokenCannotSendManyRequestsAtOnce() throws Exception {
    start(limits(2000, 1000, LONG_SECONDS, 1));
    SocketChannel channel =
        attack("GET /api/v1/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(40));
    channel.configureBlocking(true);
    String answers =
        new String(channel.socket().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(32, answers.split("HTTP/1.1 404", -1).length - 1);
    assertTrue(answers.contains("Connection: close"), answers);
  }

  @Test
  void anAdminIsAnsweredWhileUsersOccupyAllThreadsTheyMayAndUsersLater() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    start(
        file -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Planning(Optional.empty(), List.of());
        },
        limits(2000, 1000, LONG_SECONDS, 1));
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(
          server.client.sendAsync(
              server
                  .request(server.builder, "/api/v1/validate")
                  .header("Content-Type", "application/yaml")
                  .POST(BodyPublishers.ofString("a: b"))
                  .build(),
              BodyHandlers.ofString()));
    }
    TestServer.await(() -> server.connections() == 20);
    ask();
    end.countDown();
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertEquals(200, answer.get().statusCode());
    }
  }

  @Test
  void aBrokenConnectionLeavesNoStackTraceInTheLog() throws Exception {
    start(limits(2000, 1000, LONG_SECONDS, 1));
    List<LogRecord> records = java.util.Collections.synchronizedList(new ArrayList<>());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            if (record.getThrown() != null
                || record.getLevel().intValue() > Level.INFO.intValue()) {
              records.add(record);
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    try {
      for (String text :
          List.of("", SLOW_HEAD, SLOW_BODY, READS_NOTHING, "\0\1\2", "GET / HTTP/9")) {
        for (boolean reset : new boolean[] {false, true}) {
          try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoLinger(reset, 0); // closing sends a reset
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
          }
        }
      }
      TestServer.await(() -> server.connections() == 0);
      ask();
    } finally {
      root.removeHandler(handler);
    }
    assertEquals(
        List.of(), records.stream().map(each -> each.getLoggerName() + each.getMessage()).toList());
  }
}
