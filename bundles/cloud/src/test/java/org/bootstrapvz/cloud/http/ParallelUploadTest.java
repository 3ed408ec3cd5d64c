/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelUploadTest {
  private static final int BLOCK = 1024;

  @FunctionalInterface
  private interface Behaviour {
    void answer(HttpExchange exchange, int index) throws Exception;
  }

  @TempDir Path folder;
  private final Map<Integer, byte[]> stored = Collections.synchronizedMap(new TreeMap<>());
  private final List<Integer> prepared = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final List<String> progress = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private volatile Behaviour behaviour = (exchange, index) -> exchange.sendResponseHeaders(201, -1);
  private HttpConnection connection;
  private boolean zeros;
  private int maxConnections = ConnectionLimit.MAX;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            int index = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
            byte[] body = exchange.getRequestBody().readAllBytes();
            behaviour.answer(exchange, index);
            stored.put(index, body);
          } catch (IOException e) {
            throw e;
          } catch (Exception e) {
            throw new IOException(e);
          }
        });
    server.start();
    connection = new HttpConnection(new Server("store", "Check it", ""), HttpClient.newBuilder());
  }

  @AfterEach
  void stop() {
    connection.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private ParallelUpload upload() {
    Thread owner = Thread.currentThread();
    RetryPolicy policy =
        new RetryPolicy(
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            Duration.ofSeconds(600),
            () -> 1,
            time -> {});
    return new ParallelUpload(
        BLOCK,
        new ParallelUpload.Requests() {
          @Override
          public Supplier<HttpRequest.Builder> request(int index, byte[] content) {
            prepared.add(index);
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            return () ->
                HttpRequest.newBuilder(address.resolve("/" + index))
                    .PUT(BodyPublishers.ofByteArray(content));
          }

          @Override
          public void check(int index, Response response) throws BuildException {
            if (!response.isSuccess()) {
              throw new BuildException("Block " + index + " was refused");
            }
          }

          @Override
          public boolean sendsZeros() {
            return zeros;
          }

          @Override
          public int maxConnections() {
            return maxConnections;
          }
        },
        lines -> new RetryingClient(connection, Login.NONE, new Retries(policy, lines)),
        line -> {
          assertSame(owner, Thread.currentThread());
          log.add(line);
        },
        (fraction, detail) -> {
          assertSame(owner, Thread.currentThread());
          progress.add(detail);
        },
        () -> assertSame(owner, Thread.currentThread()));
  }

  /** A file whose blocks 1 and 4 are zeros and whose last block is not full. */
  private Path file(int blocks) throws IOException {
    byte[] content = new byte[blocks * BLOCK - 100];
    for (int i = 0; i < content.length; i++) {
      int block = i / BLOCK;
      content[i] = (byte) (block == 1 || block == 4 ? 0 : block + 1);
    }
    return Files.write(folder.resolve("image"), content);
  }

  @Test
  void blocksOfZerosAreNotSentAndTheLastOneIsFilledUp() throws Exception {
    ParallelUpload.Sent sent = upload().send(file(7));

    assertEquals(List.of(0, 2, 3, 5, 6), prepared);
    assertEquals(List.of(0, 2, 3, 5, 6), List.copyOf(stored.keySet()));
    assertEquals(5, sent.blocks());
    assertEquals(5 * BLOCK, sent.bytes());
    byte[] last = stored.get(6);
    assertEquals(BLOCK, last.length);
    assertEquals(7, last[0]);
    assertEquals(0, last[BLOCK - 1]);
    assertTrue(progress.get(progress.size() - 1).startsWith("sent 5KiB of"), progress.toString());
  }

  @Test
  void blocksOfZerosAreSentToAServerThatJoinsThem() throws Exception {
    zeros = true;
    assertEquals(7, upload().send(file(7)).blocks());
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6), List.copyOf(stored.keySet()));
  }

  @Test
  void largeBlocksLimitHowManyAreSentAtTheSameTime() throws Exception {
    maxConnections = 3;
    CyclicBarrier three = new CyclicBarrier(3);
    behaviour =
        (exchange, index) -> {
          three.await(30, TimeUnit.SECONDS);
          exchange.sendResponseHeaders(201, -1);
        };
    // Two of the eleven blocks are zeros.
    assertEquals(3, upload().send(file(11)).maxConnections());
    assertEquals(9, stored.size());
  }

  @Test
  void eightBlocksAreSentAtTheSameTime() throws Exception {
    CyclicBarrier eight = new CyclicBarrier(8);
    behaviour =
        (exchange, index) -> {
          if (index < 10) {
            eight.await(30, TimeUnit.SECONDS);
          }
          exchange.sendResponseHeaders(201, -1);
        };
    assertEquals(8, upload().send(file(10)).maxConnections());
  }

  @Test
  void aBlockThatFailsForAPassingReasonIsSentAgain() throws Exception {
    AtomicInteger failures = new AtomicInteger();
    behaviour =
        (exchange, index) ->
            exchange.sendResponseHeaders(failures.getAndIncrement() < 5 ? 503 : 201, -1);
    assertEquals(28, upload().send(file(30)).blocks());
    assertEquals(5, log.size(), log.toString());
  }

  @Test
  void aBlockThatIsRefusedEndsTheUpload() throws Exception {
    behaviour = (exchange, index) -> exchange.sendResponseHeaders(index == 3 ? 400 : 201, -1);
    BuildException e = assertThrows(BuildException.class, () -> upload().send(file(1000)));
    assertEquals("Block 3 was refused", e.getMessage());
    assertFalse(stored.containsKey(999));
  }

  @Test
  void anInterruptEndsTheUploadAndItsThreads() throws Exception {
    Thread sender = Thread.currentThread();
    // Once, since a later interrupt would reach the test that runs next.
    AtomicBoolean interrupted = new AtomicBoolean();
    behaviour =
        (exchange, index) -> {
          if (interrupted.compareAndSet(false, true)) {
            sender.interrupt();
          }
          exchange.sendResponseHeaders(503, -1);
        };
    assertThrows(BuildCancelledException.class, () -> upload().send(file(1000)));
    assertTrue(Thread.interrupted());
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("bootstrap-vz upload of image")) {
        // It has no more work, but a thread exists a moment longer than its last statement.
        thread.join(Duration.ofSeconds(20).toMillis());
        assertFalse(thread.isAlive(), "A thread of the upload goes on");
      }
    }
  }
}
