/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import static org.bootstrapvz.cloud.http.ScriptedServer.body;
import static org.bootstrapvz.cloud.http.ScriptedServer.cut;
import static org.bootstrapvz.cloud.http.ScriptedServer.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.junit.jupiter.api.Test;

class RetryingClientTest {
  private static final Server SERVER = new Server("image service", "Check auth_url", "");

  final List<Duration> pauses = new ArrayList<>();
  final List<String> log = new ArrayList<>();
  Duration budget = Duration.ofSeconds(100);
  RetryPolicy.Pause pause = pauses::add;
  int token = 1;

  /** Pauses take no time here, so that only the number of attempts spends the budget. */
  private RetryingClient client(HttpConnection connection) {
    RetryPolicy policy =
        new RetryPolicy(Duration.ofMillis(200), Duration.ofSeconds(20), budget, () -> 1.0, pause);
    Login login =
        new Login() {
          @Override
          public void authorize(HttpRequest.Builder request) {
            request.setHeader("X-Auth-Token", "t" + token);
          }

          @Override
          public boolean renew(Response refusal) {
            token++;
            return true;
          }
        };
    return new RetryingClient(connection, login, new Retries(policy, log::add));
  }

  private static HttpConnection connection() {
    return new HttpConnection(SERVER, HttpClient.newBuilder());
  }

  private static Supplier<HttpRequest.Builder> get(ScriptedServer server) {
    return () -> HttpRequest.newBuilder(server.address()).GET();
  }

  private static Supplier<HttpRequest.Builder> post(ScriptedServer server) {
    return () -> HttpRequest.newBuilder(server.address()).POST(BodyPublishers.ofString("{}"));
  }

  private int repeated(ScriptedServer server) throws BuildException {
    try (HttpConnection connection = connection()) {
      return client(connection).repeatable(get(server)).status();
    }
  }

  @Test
  void passingErrorsAreRetriedAfterPausesThatDouble() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            status(500), status(502), status(503), status(504), status(408), cut(), status(204))) {
      assertEquals(204, repeated(server));
      assertEquals(
          // The client of the JDK repeats a GET by itself if the connection is closed.
          List.of(200L, 400L, 800L, 1600L, 3200L),
          pauses.stream().map(Duration::toMillis).toList());
      assertEquals(7, server.requests());
      assertTrue(
          log.get(0)
              .matches(
                  "The image service at http://127.0.0.1:\\d+/ failed \\(status 500\\)\\. Retrying in 200 ms"),
          log.get(0));
    }
  }

  @Test
  void thePauseHasAnUpperBound() throws Exception {
    assertEquals(
        Duration.ofSeconds(20),
        new RetryPolicy(Duration.ofMillis(200), Duration.ofSeconds(20), budget, () -> 1.0, pause)
            .pauseAfter(60));
  }

  @Test
  void retryAfterIsObeyedAsSecondsAndAsDate() throws Exception {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(60));
    try (ScriptedServer server =
        new ScriptedServer(
            status(429, "Retry-After", "7"),
            status(413, "Retry-After", "11"),
            status(429, "Retry-After", date),
            status(200))) {
      assertEquals(200, repeated(server));
      assertEquals(
          List.of(7L, 11L, 30L), pauses.subList(0, 3).stream().map(Duration::toSeconds).toList());
      // In parts, so that a user is not left without a message.
      long last = pauses.get(2).plus(pauses.get(3)).toSeconds();
      assertTrue(last > 30 && last <= 60, pauses.toString());
    }
  }

  @Test
  void aServerThatAsksToWaitLongerThanTheBudgetFailsAtOnce() throws Exception {
    try (ScriptedServer server = new ScriptedServer(status(429, "Retry-After", "3600"))) {
      String message = assertThrows(BuildException.class, () -> repeated(server)).getMessage();
      assertTrue(message.contains("asks to wait 3600 s. Gave up after 1 attempt"), message);
      assertEquals(List.of(), pauses);
    }
  }

  @Test
  void theBudgetIsTimeAndNotANumber() throws Exception {
    budget = Duration.ofSeconds(1);
    try (ScriptedServer server = new ScriptedServer(status(500), status(500), cut(), cut())) {
      String message = assertThrows(BuildException.class, () -> repeated(server)).getMessage();
      assertTrue(pauses.size() >= 1 && pauses.size() <= 2, pauses.toString());
      assertTrue(message.contains("Gave up after " + (pauses.size() + 1) + " attempts"), message);
    }
  }

  @Test
  void aRefusalIsNotRetried() throws Exception {
    try (ScriptedServer server = new ScriptedServer(status(403), status(413), status(501))) {
      assertEquals(403, repeated(server));
      assertEquals(413, repeated(server));
      assertEquals(501, repeated(server));
      assertEquals(List.of(), pauses);
    }
  }

  @Test
  void aRequestThatMustNotBeProcessedTwiceIsSentOnce() throws Exception {
    try (ScriptedServer server = new ScriptedServer(status(500), cut(), status(429), status(201));
        HttpConnection connection = connection()) {
      assertEquals(500, client(connection).once(post(server)).status());
      ConnectionException broken =
          assertThrows(ConnectionException.class, () -> client(connection).once(post(server)));
      assertEquals(ConnectionException.Kind.BROKEN, broken.kind());
      assertEquals(201, client(connection).once(post(server)).status());
      assertEquals(1, pauses.size());
    }
  }

  @Test
  void anExpiredLoginIsRenewedOnce() throws Exception {
    try (ScriptedServer server = new ScriptedServer(status(401), status(200))) {
      assertEquals(200, repeated(server));
      assertEquals(List.of("t1", "t2"), server.authorizations);
    }
    try (ScriptedServer server = new ScriptedServer(status(401), status(401))) {
      assertEquals(401, repeated(server));
    }
  }

  @Test
  void aCancelledBuildStopsPausing() throws Exception {
    pause =
        time -> {
          throw new InterruptedException();
        };
    try (ScriptedServer server = new ScriptedServer(status(500))) {
      assertThrows(BuildCancelledException.class, () -> repeated(server));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void aCancelledBuildDoesNotWaitForTheAnswer() throws Exception {
    Thread sender = Thread.currentThread();
    try (ScriptedServer server =
        new ScriptedServer(
            exchange -> {
              sender.interrupt();
              // Until the client closes the connection.
              while (true) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, 1 << 30);
                while (true) {
                  exchange.getResponseBody().write(0);
                  exchange.getResponseBody().flush();
                }
              }
            })) {
      assertThrows(BuildCancelledException.class, () -> repeated(server));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void aServerThatIsSilentIsGivenUp() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                exchange -> {
                  try {
                    Thread.sleep(Long.MAX_VALUE);
                  } catch (InterruptedException e) {
                    // The test is over.
                  }
                });
        HttpConnection connection = connection()) {
      Limits short_ = new Limits(Duration.ZERO, Duration.ZERO, Duration.ofDays(1));
      HttpRequest request = get(server).get().build();
      ConnectionException e =
          assertThrows(
              ConnectionException.class, () -> connection.send(request, Waiting.NOTHING, short_));
      assertEquals(ConnectionException.Kind.BROKEN, e.kind());
      assertTrue(e.getMessage().endsWith("does not answer"), e.getMessage());
    }
  }

  @Test
  void nothingIsSentUnencryptedToAnotherMachine() throws Exception {
    try (HttpConnection connection = connection()) {
      ConnectionException e =
          assertThrows(
              ConnectionException.class,
              () ->
                  connection.send(
                      HttpRequest.newBuilder(URI.create("http://images.example.org/x?sig=s3cret"))
                          .build()));
      assertTrue(
          e.getMessage().contains("points to http://images.example.org, where"), e.getMessage());
      assertFalse(e.getMessage().contains("s3cret"), e.getMessage());
    }
  }

  @Test
  void anEndlessAnswerDoesNotFillTheMemory() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                exchange -> {
                  exchange.sendResponseHeaders(200, 0);
                  byte[] bytes = new byte[1 << 20];
                  while (true) {
                    exchange.getResponseBody().write(bytes);
                  }
                });
        HttpConnection connection = connection()) {
      HttpRequest request = get(server).get().build();
      assertThrows(ConnectionException.class, () -> connection.send(request));
    }
  }

  private String refusal(ScriptedServer.Answer answer) throws Exception {
    try (ScriptedServer server = new ScriptedServer(answer);
        HttpConnection connection = connection()) {
      Response response = connection.send(get(server).get().build());
      return Refusal.describe(SERVER, "refused the image", response).replaceAll(":\\d+/", ":PORT/");
    }
  }

  @Test
  void aRefusalSaysWhatTheServerSaidButNotThePath() throws Exception {
    assertEquals(
        "The image service at http://127.0.0.1:PORT/ refused the image (status 403: You may not)",
        refusal(body(403, "{\"error\": {\"message\": \"You\\n may not\"}}")));
    assertEquals(
        "The image service at http://127.0.0.1:PORT/ refused the image (status 400: Bad Request)",
        refusal(body(400, "<html><title>no</title><h1>Bad Request</h1></html>")));
  }

  /** The server of the JDK has the right time. */
  @Test
  void aWrongClockIsNamed() throws Exception {
    String past =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).minusSeconds(61 * 60 + 30));
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        HttpConnection connection = connection()) {
      Thread answering = new Thread(() -> answer(server, past), "server with a wrong clock");
      answering.start();
      URI address = URI.create("http://127.0.0.1:" + server.getLocalPort());
      Response response = connection.send(HttpRequest.newBuilder(address).build());
      String message = Refusal.describe(SERVER, "refused", response);
      assertTrue(
          message.endsWith(
              "(status 401). The clock of this machine is 61 minutes ahead of that of the server:"
                  + " set it"),
          message);
      answering.join();
    }
  }

  private static void answer(ServerSocket server, String date) {
    try (Socket client = server.accept()) {
      client.getInputStream().read();
      client
          .getOutputStream()
          .write(
              ("HTTP/1.1 401 No\r\nDate: " + date + "\r\nContent-Length: 0\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      client.shutdownOutput();
      client.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aProxyThatWantsALoginAndARedirectAreExplained() throws Exception {
    assertTrue(
        refusal(status(407))
            .endsWith("The proxy between this machine and the server requires a login"));
    assertTrue(
        refusal(status(301, "Location", "https://example.org/")).endsWith("which is not followed"));
  }
}
