/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.api.events.BuildEvents;
import org.bootstrapvz.appliance.api.events.Subscription;
import org.bootstrapvz.appliance.api.history.BuildHistory;

/**
 * Those who follow builds by server-sent events. Each reads for itself what is new, in one of our
 * threads, when its build has news; the build only says that it has.
 */
final class Followers implements AutoCloseable {
  private static final int MOST = 1000;
  private static final byte[] NOTHING = {};
  private static final byte[] BEAT = ": \n\n".getBytes(StandardCharsets.US_ASCII);

  /** Said when nothing more will come; who then asks again is told to stop asking. */
  private static final String END = "event: end\ndata: {}\n\n";

  /** What is new for a follower. */
  @FunctionalInterface
  interface Reader {
    /** The next events, as text of the stream; empty if there are none now. */
    String read();
  }

  private final BuildHistory history;
  private final BuildEvents events;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "followers");
            thread.setDaemon(true);
            return thread;
          });
  private final Set<Follower> all = ConcurrentHashMap.newKeySet();

  Followers(BuildHistory history, BuildEvents events, int secondsBetweenBeats) {
    this.history = history;
    this.events = events;
    threads.scheduleWithFixedDelay(
        () -> all.forEach(Follower::beat),
        secondsBetweenBeats,
        secondsBetweenBeats,
        TimeUnit.SECONDS);
  }

  /** Answers with a stream of what a reader finds in a build, until the build has ended. */
  void follow(Exchange exchange, long build, Reader reader) throws IOException, HttpProblem {
    if (all.size() >= MOST) {
      throw new HttpProblem(503, "Too many follow builds already; try again later")
          .header("Retry-After", "60");
    }
    exchange.response().setContentType("text/event-stream");
    exchange.response().setCharacterEncoding("UTF-8");
    exchange.response().setHeader("X-Accel-Buffering", "no"); // else nginx collects it
    if (exchange.isHead()) {
      return;
    }
    Follower follower = new Follower(build, reader);
    all.add(follower);
    try {
      follower.begin(Sending.begin(exchange, follower));
    } catch (IOException | RuntimeException e) {
      follower.close();
      throw e;
    }
  }

  int count() {
    return all.size();
  }

  /** Afterwards nobody reads any more, as what is read from closes next. */
  @Override
  public void close() {
    all.forEach(Follower::stop);
    threads.shutdown();
    try {
      threads.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasEnded(long build) {
    return history.find(build).map(found -> found.summary().state().ended()).orElse(true);
  }

  /** One who follows. */
  private final class Follower implements Sending.Source {
    private final long build;
    private final Reader reader;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile Sending sending;
    private volatile Subscription following;
    private volatile boolean beat;
    private volatile boolean closed;

    /** Guarded by the sending. */
    private boolean endSaid;

    Follower(long build, Reader reader) {
      this.build = build;
      this.reader = reader;
    }

    void begin(Sending begun) {
      sending = begun;
      following = events.subscribe(build, this::schedule);
      if (closed) {
        following.close();
      }
      schedule();
    }

    /** Called by the build's thread: must return at once. */
    private void schedule() {
      if (!closed && scheduled.compareAndSet(false, true)) {
        try {
          threads.execute(this::send);
        } catch (RejectedExecutionException e) {
          // The appliance is stopping.
        }
      }
    }

    private void send() {
      scheduled.set(false); // News that come from here on are sent by the next turn.
      Sending begun = sending;
      if (begun != null) {
        begun.wake();
      }
    }

    void beat() {
      beat = true;
      schedule();
    }

    void stop() {
      Sending begun = sending;
      closed = true;
      if (begun != null) {
        begun.wake();
      }
    }

    @Override
    public byte[] next() {
      if (closed || endSaid) {
        return null;
      }
      // Asked before reading, so that nothing that came before the end is missed.
      boolean ended;
      String text;
      try {
        ended = hasEnded(build);
        text = reader.read();
      } catch (BuildsException e) {
        return null; // It asks again, beginning where it stopped.
      }
      if (!text.isEmpty()) {
        return text.getBytes(StandardCharsets.UTF_8);
      }
      if (ended) {
        endSaid = true;
        return END.getBytes(StandardCharsets.US_ASCII);
      }
      if (beat) {
        beat = false;
        return BEAT;
      }
      return NOTHING;
    }

    @Override
    public void close() {
      closed = true;
      all.remove(this);
      Subscription interest = following;
      if (interest != null) {
        interest.close();
      }
    }
  }

  /** An event of the stream. */
  static String event(long id, String type, Object data) {
    return "id: "
        + id
        + "\nevent: "
        + type
        + "\ndata: "
        + new String(Json.bytes(data), StandardCharsets.UTF_8)
        + "\n\n";
  }
}
