/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A range of a file as the body of a request, or of several, one after another. A thread reads and
 * digests the next part of the range while the last one is sent; no more than three parts are in
 * memory. Closing it ends the thread, also if the server answered before it had read the body.
 */
public final class FileBody implements AutoCloseable {
  private static final int PART = 256 << 10;

  private final Path file;
  private final long offset;
  private final long length;
  private final List<String> algorithms;
  private volatile @Nullable Reader reader;

  /**
   * Creates a body.
   *
   * @param algorithms of digests to compute of it
   */
  public FileBody(Path file, long offset, long length, String... algorithms) {
    this.file = file;
    this.offset = offset;
    this.length = length;
    this.algorithms = List.of(algorithms);
  }

  /** Returns the publisher for a request. */
  public BodyPublisher publisher() {
    return length == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(this::subscribe, length);
  }

  /** Returns the number of bytes in the range. */
  public long length() {
    return length;
  }

  /** Returns the number of bytes that the last request sent. */
  public long sent() {
    Reader started = reader;
    return started == null ? 0 : started.sent.get();
  }

  /** Returns whether all bytes were sent. */
  public boolean isSent() {
    return sent() == length;
  }

  /**
   * Returns a digest of the range, computed while it was sent.
   *
   * @param algorithm one of those that were asked for
   * @throws IllegalStateException if it was not read to its end
   */
  public byte[] digest(String algorithm) {
    Reader started = reader;
    if (started == null || started.results.isEmpty()) {
      throw new IllegalStateException("The body was not sent");
    }
    return started.results.get(algorithms.indexOf(algorithm)).clone();
  }

  @Override
  public void close() {
    Reader started = reader;
    if (started != null) {
      started.cancel();
    }
  }

  private void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    close();
    Reader started = new Reader(subscriber);
    reader = started;
    subscriber.onSubscribe(started);
    started.start();
  }

  private static MessageDigest digestOf(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("This Java platform has no " + algorithm, e);
    }
  }

  private final class Reader extends Thread implements Flow.Subscription {
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private final List<MessageDigest> digests =
        algorithms.stream().map(FileBody::digestOf).toList();
    private final AtomicLong sent = new AtomicLong();
    private final Semaphore demand = new Semaphore(0);
    private volatile boolean cancelled;

    /** Empty until the whole range was read. */
    private volatile List<byte[]> results = List.of();

    Reader(Flow.Subscriber<? super ByteBuffer> subscriber) {
      super("bootstrap-vz upload of " + file.getFileName());
      setDaemon(true);
      this.subscriber = subscriber;
    }

    @Override
    public void request(long count) {
      demand.release((int) Math.min(count, 1 << 20));
    }

    @Override
    public void cancel() {
      cancelled = true;
      interrupt();
    }

    @Override
    public void run() {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        long read = 0;
        while (read < length) {
          ByteBuffer part = part(channel, read);
          read += part.remaining();
          if (read == length) {
            results = digests.stream().map(MessageDigest::digest).toList();
          }
          demand.acquire();
          int size = part.remaining();
          subscriber.onNext(part);
          sent.addAndGet(size);
        }
        subscriber.onComplete();
      } catch (IOException e) {
        if (!cancelled) {
          subscriber.onError(e);
        }
      } catch (InterruptedException e) {
        // Nobody wants the rest.
      }
    }

    private ByteBuffer part(FileChannel channel, long from) throws IOException {
      ByteBuffer part = ByteBuffer.allocate((int) Math.min(PART, length - from));
      while (part.hasRemaining()) {
        if (channel.read(part, offset + from + part.position()) < 0) {
          throw new EOFException(file + " is shorter than " + (offset + length) + " bytes");
        }
      }
      part.flip();
      digests.forEach(digest -> digest.update(part.duplicate()));
      return part.asReadOnlyBuffer();
    }
  }
}
