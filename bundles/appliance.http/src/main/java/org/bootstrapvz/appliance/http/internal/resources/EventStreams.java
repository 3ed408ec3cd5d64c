/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.resources;

import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.api.events.BuildEvents;
import org.bootstrapvz.appliance.api.events.Subscription;
import org.bootstrapvz.appliance.api.history.BuildHistory;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.Request;
import org.bootstrapvz.appliance.api.http.Response;
import org.bootstrapvz.appliance.api.operations.Durations;
import org.bootstrapvz.appliance.http.internal.HttpConfiguration;
import org.bootstrapvz.appliance.http.internal.exchange.AsyncResponse;
import org.bootstrapvz.appliance.http.internal.exchange.Json;
import org.bootstrapvz.appliance.http.internal.exchange.StreamBody;
import org.bootstrapvz.appliance.http.internal.security.Authenticators;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Streams of server-sent events about builds. When a build changes, each of its streams reads what
 * is new, in a thread of this class; the build only notifies.
 */
@Component(
    service = EventStreams.class,
    configurationPid = HttpConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class EventStreams implements AutoCloseable {
  private static final int MAX_STREAMS = 1000;

  /** Those that remain for admins when all others are taken. */
  private static final int ADMIN_STREAMS = 100;

  /** A stream ends at most this long after its caller has lost access. */
  private static final Duration ACCESS_CHECK = Duration.ofSeconds(30);

  private static final int CLOSE_TIMEOUT_SECONDS = 5;
  private static final byte[] NOTHING = {};
  private static final byte[] HEARTBEAT = ": \n\n".getBytes(StandardCharsets.US_ASCII);

  /** The last event; a client that reconnects after it gets 204. */
  private static final byte[] END = "event: end\ndata: {}\n\n".getBytes(StandardCharsets.US_ASCII);

  /** Reads what is new in a build. */
  @FunctionalInterface
  interface Reader {
    /** The next events, in the format of the stream; empty if there are none now. */
    String read();
  }

  private final BuildHistory history;
  private final BuildEvents events;
  private final Predicate<Request> access;
  private final int maxPerIdentity;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "bootstrap-vz event streams");
            thread.setDaemon(true);
            return thread;
          });
  private final Set<Stream> streams = ConcurrentHashMap.newKeySet();

  /** Called by the container. */
  @Activate
  public EventStreams(
      HttpConfiguration configuration,
      @Reference BuildHistory history,
      @Reference BuildEvents events,
      @Reference Authenticators authenticators) {
    this(
        history,
        events,
        request -> keepsAccess(authenticators, request),
        configuration.maxStreamsPerIdentity(),
        Math.max(1, (int) Durations.parse(configuration.idleTimeout()).toSeconds() / 2));
  }

  /** Whether a token or a session still gives the access that it gave when the stream began. */
  public static boolean keepsAccess(Authenticators authenticators, Request request) {
    try {
      return authenticators.authenticate(request).filter(request.caller()::equals).isPresent();
    } catch (HttpProblem refused) {
      return false;
    }
  }

  /**
   * Without streams.
   *
   * @param access whether the caller of a request still has the access that it had
   * @param maxPerIdentity the maximum number of streams of one caller
   * @param heartbeatSeconds the interval of heartbeats; less than the idle timeout
   */
  public EventStreams(
      BuildHistory history,
      BuildEvents events,
      Predicate<Request> access,
      int maxPerIdentity,
      int heartbeatSeconds) {
    this.history = history;
    this.events = events;
    this.access = access;
    this.maxPerIdentity = maxPerIdentity;
    threads.scheduleWithFixedDelay(
        this::checkAccess, ACCESS_CHECK.toSeconds(), ACCESS_CHECK.toSeconds(), TimeUnit.SECONDS);
    threads.scheduleWithFixedDelay(
        () -> streams.forEach(Stream::beat), heartbeatSeconds, heartbeatSeconds, TimeUnit.SECONDS);
  }

  /** Answers with a stream of what a reader finds in a build, until the build has ended. */
  Response follow(long build, Request request, Reader reader) throws HttpProblem {
    Identity caller = request.caller();
    long own = streams.stream().filter(each -> each.caller().equals(caller.name())).count();
    if (own >= maxPerIdentity) {
      throw new HttpProblem(
              429, caller.name() + " has " + maxPerIdentity + " open streams; close one of them")
          .withHeader("Retry-After", "60");
    }
    int most = caller.role() == Role.ADMIN ? MAX_STREAMS : MAX_STREAMS - ADMIN_STREAMS;
    if (streams.size() >= most) {
      throw new HttpProblem(503, "Too many streams are open; try again later")
          .withHeader("Retry-After", "60");
    }
    return new Response(
        200,
        Map.of("X-Accel-Buffering", "no"), // prevents nginx from buffering the stream
        new Stream(build, request, reader));
  }

  /** Ends the streams of those who have lost access. */
  public void checkAccess() {
    for (Stream stream : streams) {
      if (!stream.keepsAccess()) {
        stream.stop();
      }
    }
  }

  /** The number of open streams. */
  public int count() {
    return streams.size();
  }

  /** Ends all streams. Afterwards none of them reads, as the database may be closed next. */
  @Override
  @Deactivate
  public void close() {
    streams.forEach(Stream::stop);
    threads.shutdown();
    try {
      threads.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasEnded(long build) {
    return history.find(build).map(found -> found.summary().state().ended()).orElse(true);
  }

  /** One stream. */
  private final class Stream implements StreamBody, AsyncResponse.Source {
    private final long build;
    private final Request request;
    private final Reader reader;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile @Nullable AsyncResponse response;
    private volatile @Nullable Subscription subscription;
    private volatile boolean heartbeatDue;
    private volatile boolean closed;

    /** Guarded by the response. */
    private boolean endSent;

    Stream(long build, Request request, Reader reader) {
      this.build = build;
      this.request = request;
      this.reader = reader;
    }

    String caller() {
      return request.caller().name();
    }

    /** A failure of an authenticator must not end the checks of the others. */
    boolean keepsAccess() {
      try {
        return access.test(request);
      } catch (RuntimeException e) {
        return false;
      }
    }

    @Override
    public String type() {
      return "text/event-stream;charset=utf-8";
    }

    @Override
    public OptionalLong length() {
      return OptionalLong.empty();
    }

    @Override
    public void start(AsyncContext context) throws IOException {
      streams.add(this);
      try {
        response = AsyncResponse.start(context, this);
        Subscription subscribed = events.subscribe(build, this::schedule);
        subscription = subscribed;
        if (closed) {
          subscribed.close();
        }
        schedule();
      } catch (IOException | RuntimeException e) {
        close();
        throw e;
      }
    }

    /** Called by the thread of the build, so it must return at once. */
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
      scheduled.set(false); // What changes from here on is sent by the next call.
      AsyncResponse started = response;
      if (started != null) {
        started.resume();
      }
    }

    void beat() {
      heartbeatDue = true;
      schedule();
    }

    void stop() {
      closed = true;
      AsyncResponse started = response;
      if (started != null) {
        started.resume();
      }
    }

    @Override
    public Optional<byte[]> next() {
      if (closed || endSent) {
        return Optional.empty();
      }
      // Checked before reading, so that nothing that happened before the end is missed.
      boolean ended;
      String text;
      try {
        ended = hasEnded(build);
        text = reader.read();
      } catch (BuildsException e) {
        return Optional.empty(); // The client reconnects and continues where it stopped.
      }
      if (!text.isEmpty()) {
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
      }
      if (ended) {
        endSent = true;
        return Optional.of(END);
      }
      if (heartbeatDue) {
        heartbeatDue = false;
        return Optional.of(HEARTBEAT);
      }
      return Optional.of(NOTHING);
    }

    @Override
    public void close() {
      closed = true;
      streams.remove(this);
      Subscription current = subscription;
      if (current != null) {
        current.close();
      }
    }
  }

  /** An event in the format of the stream. */
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
