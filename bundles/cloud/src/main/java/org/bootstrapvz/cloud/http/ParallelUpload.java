/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Bytes;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Sends the blocks of a file, usually those that are not all zeros, several at the same time. The
 * calling thread reads the file, prepares the requests in order, reports and counts; it is the only
 * one that uses what it was given, unless a method says otherwise. As many blocks are in memory as
 * are sent at the same time, and one more.
 */
public final class ParallelUpload {
  private static final int TICK_MILLIS = 250;
  private static final int END_SECONDS = 10;
  private static final long MIB = 1 << 20;

  /** A user sees a sign of life, also if nothing moves. */
  private static final Duration MAX_SILENCE = Duration.ofSeconds(30);

  /** The requests for the blocks. */
  @ConsumerType
  public interface Requests {
    /**
     * Prepares the request for a block. Called in ascending order.
     *
     * @param content the whole block; zeros follow the end of the file
     * @return creates the request, anew for each attempt and in any thread
     */
    Supplier<HttpRequest.Builder> request(int index, byte[] content);

    /**
     * Checks a response that is not retried. Called in any thread.
     *
     * @throws BuildException if the block was not accepted
     */
    void check(int index, Response response) throws BuildException;

    /** Returns whether blocks of zeros are sent, too: for a server that joins what it gets. */
    default boolean sendsZeros() {
      return false;
    }

    /** Returns how many blocks may be sent at the same time: for blocks that take much memory. */
    default int maxConnections() {
      return ConnectionLimit.MAX;
    }
  }

  /**
   * What was sent.
   *
   * @param blocks number of blocks
   * @param bytes their size
   * @param maxConnections how many were sent at the same time, at most
   */
  public record Sent(int blocks, long bytes, int maxConnections) {}

  @FunctionalInterface
  private interface Event {
    void happen() throws BuildException;
  }

  private final int blockSize;
  private final Requests requests;
  private final Function<Consumer<String>, RetryingClient> clients;
  private final Consumer<String> log;
  private final TransferProgress.Report report;

  /** Called while waiting. */
  private final Runnable tick;

  private final ConnectionLimit limit = new ConnectionLimit();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Deque<RetryingClient> idle = new ArrayDeque<>();
  private final byte[] zeros;
  private long size;
  private long read;
  private int blocks;
  private int inFlight;
  private int done;
  private int maxInFlight;
  private long start;
  private long lastReport;
  private int lastPercent = -1;

  /**
   * Prepares an upload.
   *
   * @param clients creates a client for requests one after another, whose retries are logged to
   *     what it is given
   * @param log receives the lines of all clients
   * @param tick called several times a second
   */
  public ParallelUpload(
      int blockSize,
      Requests requests,
      Function<Consumer<String>, RetryingClient> clients,
      Consumer<String> log,
      TransferProgress.Report report,
      Runnable tick) {
    this.blockSize = blockSize;
    this.requests = requests;
    this.clients = clients;
    this.log = log;
    this.report = report;
    this.tick = tick;
    this.zeros = new byte[blockSize];
  }

  /**
   * Sends a file.
   *
   * @throws BuildException if a block was not accepted; no other is sent any more
   * @throws BuildCancelledException if the thread was interrupted; it stays so
   */
  public Sent send(Path file) throws BuildException, IOException {
    start = System.nanoTime();
    lastReport = start;
    ExecutorService threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "bootstrap-vz upload of " + file.getFileName());
              thread.setDaemon(true);
              return thread;
            });
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      size = channel.size();
      for (int index = 0; read < size; index++) {
        byte[] content = new byte[blockSize];
        read(channel, content);
        if (requests.sendsZeros() || !Arrays.equals(content, zeros)) {
          Supplier<HttpRequest.Builder> request = requests.request(index, content);
          awaitFewerThan(Math.min(limit.get(), requests.maxConnections()));
          start(threads, index, request);
        }
        handle(0);
      }
      awaitFewerThan(1);
      report(true);
      return new Sent(blocks, (long) blocks * blockSize, maxInFlight);
    } catch (ClosedByInterruptException e) {
      throw new BuildCancelledException();
    } finally {
      threads.shutdownNow();
      awaitEnd(threads);
    }
  }

  private void read(FileChannel channel, byte[] content) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(content);
    while (buffer.hasRemaining() && read < size) {
      int count = channel.read(buffer, read);
      if (count < 0) {
        throw new IOException("The file became shorter");
      }
      read += count;
    }
  }

  private void start(ExecutorService threads, int index, Supplier<HttpRequest.Builder> request) {
    RetryingClient client =
        idle.isEmpty()
            ? clients.apply(line -> events.add(() -> retrying(line)))
            : idle.removeFirst();
    blocks++;
    inFlight++;
    maxInFlight = Math.max(maxInFlight, inFlight);
    threads.execute(
        () -> {
          long begin = System.nanoTime();
          try {
            requests.check(index, client.repeatable(request));
            Duration latency = Duration.ofNanos(System.nanoTime() - begin);
            events.add(() -> sent(client, latency));
          } catch (BuildException e) {
            events.add(
                () -> {
                  throw e;
                });
          } catch (RuntimeException | Error e) {
            events.add(
                () -> {
                  throw e;
                });
          }
        });
  }

  private void retrying(String line) {
    limit.failed();
    log.accept(line);
  }

  private void sent(RetryingClient client, Duration latency) {
    idle.addFirst(client);
    inFlight--;
    done++;
    limit.succeeded(latency);
  }

  private void awaitFewerThan(int count) throws BuildException {
    while (inFlight >= Math.min(count, limit.get())) {
      handle(TICK_MILLIS);
    }
  }

  /** Handles what happened, and waits for something to happen. */
  private void handle(int millis) throws BuildException {
    tick.run();
    report(false);
    try {
      Event event = events.poll(millis, TimeUnit.MILLISECONDS);
      while (event != null) {
        tick.run();
        event.happen();
        event = events.poll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BuildCancelledException();
    }
  }

  private void report(boolean last) {
    int percent = size == 0 ? 100 : (int) ((read - (long) inFlight * blockSize) * 100 / size);
    long now = System.nanoTime();
    if (!last && percent == lastPercent && now - lastReport < MAX_SILENCE.toNanos()) {
      return;
    }
    lastPercent = percent;
    lastReport = now;
    long sent = (long) done * blockSize;
    long millis = Math.max(1, (now - start) / 1_000_000);
    report.progress(
        Math.max(0, percent) / 100.0,
        "sent "
            + new Bytes(sent)
            + " of an image of "
            + new Bytes(size)
            + ", "
            + sent * 1000 / millis / MIB
            + " MiB/s, "
            + inFlight
            + " connections");
  }

  /**
   * A block that is still under way must not arrive when the caller has gone on. Another interrupt
   * does not shorten this wait.
   */
  private static void awaitEnd(ExecutorService threads) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
    boolean waiting = true;
    while (waiting) {
      try {
        threads.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        waiting = false;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
