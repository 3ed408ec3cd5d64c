/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.StallDetector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBodyTest {
  @TempDir Path folder;

  private byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(1).nextBytes(content);
    return content;
  }

  private Path file(byte[] content) throws Exception {
    return Files.write(folder.resolve("image.raw"), content);
  }

  private static Response put(FileBody body, ScriptedServer server) throws BuildException {
    try (HttpConnection connection =
        new HttpConnection(new Server("server", "Check", ""), HttpClient.newBuilder())) {
      return connection.send(
          HttpRequest.newBuilder(server.address()).PUT(body.publisher()).build(),
          new TransferProgress(body, (fraction, detail) -> {}),
          Limits.forBytes(body.length()));
    }
  }

  @Test
  void aRangeIsSentAndDigested() throws Exception {
    byte[] content = content(3_000_000);
    AtomicReference<byte[]> received = new AtomicReference<>();
    ScriptedServer.Answer store =
        exchange -> {
          received.set(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(204, -1);
        };
    try (ScriptedServer server = new ScriptedServer(store, store);
        FileBody body = new FileBody(file(content), 1000, 2_500_000, "SHA-512", "MD5")) {
      byte[] range = Arrays.copyOfRange(content, 1000, 2_501_000);
      // The second time as a retry.
      for (int i = 0; i < 2; i++) {
        assertEquals(204, put(body, server).status());
        assertArrayEquals(range, received.get());
        assertTrue(body.isSent());
        assertArrayEquals(
            MessageDigest.getInstance("SHA-512").digest(range), body.digest("SHA-512"));
      }
      assertArrayEquals(MessageDigest.getInstance("MD5").digest(range), body.digest("MD5"));
    }
  }

  @Test
  void aFileThatIsTooShortFailsTheRequest() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.status(204));
        FileBody body = new FileBody(file(content(1000)), 0, 2000)) {
      ConnectionException e = assertThrows(ConnectionException.class, () -> put(body, server));
      assertTrue(String.valueOf(e.getCause()).contains("shorter than 2000 bytes"), e.toString());
    }
  }

  private static final class Taker implements Flow.Subscriber<ByteBuffer> {
    final LinkedBlockingQueue<Integer> parts = new LinkedBlockingQueue<>();
    final AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription.set(given);
    }

    @Override
    public void onNext(ByteBuffer part) {
      parts.add(part.remaining());
    }

    @Override
    public void onError(Throwable problem) {
      throw new AssertionError(problem);
    }

    @Override
    public void onComplete() {
      parts.add(-1);
    }
  }

  private static List<Thread> readers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("bootstrap-vz upload of image.raw"))
        .toList();
  }

  @Test
  void noMoreIsReadThanIsWantedAndClosingEndsTheThread() throws Exception {
    try (FileBody body = new FileBody(file(content(2 << 20)), 0, 2 << 20)) {
      Taker taker = new Taker();
      body.publisher().subscribe(taker);
      taker.subscription.get().request(2);
      List<Integer> sizes = new ArrayList<>();
      while (sizes.size() < 2) {
        sizes.add(
            StallDetector.ofThisProcess()
                .first(() -> "No part", () -> java.util.Optional.ofNullable(taker.parts.poll())));
      }
      assertEquals(List.of(256 << 10, 256 << 10), sizes);
      assertFalse(body.isSent());
      assertEquals(1, readers().size());
      assertThrows(IllegalStateException.class, () -> body.digest("MD5"));
    }
    StallDetector.ofThisProcess().until(() -> "The thread goes on", () -> readers().isEmpty());
  }

  @Test
  void progressIsReportedWithTheRateAndAlsoIfNothingMoves() throws Exception {
    long[] seconds = {0};
    List<String> reports = new ArrayList<>();
    try (FileBody body = new FileBody(file(content(1 << 20)), 0, 1 << 20)) {
      TransferProgress progress =
          new TransferProgress(
              body, (fraction, detail) -> reports.add(detail), () -> seconds[0] * 1_000_000_000);
      for (int i = 0; i < 61; i++) {
        progress.tick();
        seconds[0]++;
      }
    }
    assertEquals(
        List.of("sending 1MiB, 0 MiB/s", "sending 1MiB, 0 MiB/s", "sending 1MiB, 0 MiB/s"),
        reports);
  }
}
