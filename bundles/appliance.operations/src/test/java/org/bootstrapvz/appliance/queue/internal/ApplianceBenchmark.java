/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.Submission;
import org.bootstrapvz.appliance.api.events.LogText;
import org.bootstrapvz.appliance.api.events.Subscription;
import org.bootstrapvz.appliance.api.history.BuildQuery;
import org.bootstrapvz.appliance.http.internal.PageServer;
import org.bootstrapvz.appliance.queue.internal.store.NewBuild;
import org.bootstrapvz.appliance.queue.internal.store.QueueStore;
import org.bootstrapvz.document.PlanDocument;

/** Prints how fast the queue is, with its embedded database. */
public final class ApplianceBenchmark {
  private static final int SUBMISSIONS = 500;
  private static final int LINES = 10_000;
  private static final int FOLLOWERS = 200;

  private static final AtomicLong PAGES = new AtomicLong();

  private ApplianceBenchmark() {}

  /** Takes the number of builds in the history; 10,000 if left out. */
  public static void main(String[] arguments) throws Exception {
    int builds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    Path folder = Files.createTempDirectory("bvz-bench");
    try (Gate gate = new Gate();
        TestAppliance appliance =
            new TestAppliance(folder, new ScriptedBuilder("provider:kvm"), new TestSettings())) {
      appliance.submit("log: 1\n");
      history(appliance, builds);
      submissions(appliance, gate);
      followers(appliance, gate);
      overHttp(appliance, gate, folder, builds);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void history(TestAppliance appliance, int history) throws Exception {
    QueueStore store = new QueueStore(appliance.database());
    String plan = PlanDocument.withoutFile(ScriptedBuilder.plan()).json();
    for (int i = 0; i < history; i++) {
      store.add(
          new NewBuild(
              new Submission("build " + i, "name: x\n".repeat(100), 0, "tester"),
              "kvm",
              List.of("vagrant"),
              Set.of(),
              List.of(),
              Optional.of(plan),
              true,
              OptionalLong.empty()));
    }
    for (int limit : new int[] {50, history}) {
      print(
          "history of " + history + " builds, a page of " + limit,
          time(100, () -> appliance.queue().list(page(history, Set.of(), limit))));
    }
    print(
        "the same, only those in one state, a page of 50",
        time(100, () -> appliance.queue().list(page(history, Set.of(BuildState.REJECTED), 50))));
    print("number of builds by state", time(100, () -> appliance.queue().counts()));
    print("one build", time(100, () -> appliance.queue().find(history - PAGES.incrementAndGet())));
  }

  /** Never the same one twice, which the database would answer from memory. */
  private static BuildQuery page(int history, Set<BuildState> states, int limit) {
    return new BuildQuery(states, OptionalLong.of(history + PAGES.incrementAndGet()), limit);
  }

  private static double[] time(int times, Callable<?> work) throws Exception {
    double[] millis = new double[times];
    for (int i = -times / 5; i < times; i++) {
      long start = System.nanoTime();
      work.call();
      millis[Math.max(0, i)] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return millis;
  }

  private static void print(String what, double[] millis) {
    System.out.printf(
        "%-60s median %7.2f ms, worst %7.2f ms%n",
        what, millis[millis.length / 2], millis[millis.length - 1]);
  }

  // --- over HTTP ---

  private static void overHttp(TestAppliance appliance, Gate gate, Path folder, int history)
      throws Exception {
    PageServer server =
        new PageServer(
            new HttpServlet() {},
            folder,
            appliance.queue(),
            file -> new Planning(Optional.empty(), List.of()),
            () -> List.of());
    try {
      Asking asking = new Asking(server, server.token("bench", Role.VIEWER));
      for (String query : List.of("limit=50", "limit=50&state=rejected", "limit=" + history)) {
        print(
            "over HTTP: history of " + history + " builds, " + query,
            time(
                100,
                () ->
                    asking.get(
                        "builds?" + query + "&before=" + (history + PAGES.incrementAndGet()))));
      }
      double[] alone = new double[3];
      double[] followed = new double[3];
      double[] stuck = new double[3];
      for (int i = 0; i < alone.length; i++) {
        alone[i] = asking.log(appliance, gate, 0, 0);
        followed[i] = asking.log(appliance, gate, FOLLOWERS, 0);
        stuck[i] = asking.log(appliance, gate, 0, FOLLOWERS);
      }
      Arrays.sort(alone);
      Arrays.sort(followed);
      Arrays.sort(stuck);
      System.out.printf(
          "%-60s alone %.2f s, with %d who read %.2f s, ratio %.2f, with %d who stopped to read"
              + " %.2f s, ratio %.2f%n",
          "over HTTP: a build that prints " + LINES + " lines",
          alone[1],
          FOLLOWERS,
          followed[1],
          followed[1] / alone[1],
          FOLLOWERS,
          stuck[1],
          stuck[1] / alone[1]);
    } finally {
      server.stop();
    }
  }

  /** Somebody who asks the server. */
  private record Asking(PageServer server, URI api, String token, HttpClient client) {
    Asking(PageServer server, String token) {
      this(server, URI.create(server.address() + "api/v1/"), token, HttpClient.newHttpClient());
    }

    private HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(api.resolve(path)).header("Authorization", "Bearer " + token);
    }

    byte[] get(String path) throws IOException, InterruptedException {
      HttpResponse<byte[]> answer =
          client.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IOException(path + ": " + answer.statusCode());
      }
      return answer.body();
    }

    /** How long a build takes that prints a long log, with those who follow it. */
    double log(TestAppliance appliance, Gate gate, int readers, int stuck) throws Exception {
      long id = appliance.submit("afterwards: " + LINES + "\neffort: 100000\n" + gate.line()).id();
      Gate.Arrival arrival = gate.next();
      String path = "builds/" + id + "/log";
      List<CompletableFuture<Long>> reading = new ArrayList<>();
      for (int i = 0; i < readers; i++) {
        AtomicLong bytes = new AtomicLong();
        reading.add(
            client
                .sendAsync(
                    request(path).header("Accept", "text/event-stream").build(),
                    HttpResponse.BodyHandlers.ofByteArrayConsumer(
                        part -> part.ifPresent(some -> bytes.addAndGet(some.length))))
                .thenApply(answer -> bytes.get()));
      }
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < stuck; i++) {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(api.getHost(), api.getPort()));
        String lines = "GET " + api.resolve(path).getPath() + " HTTP/1.1\r\nHost: localhost\r\n";
        String more = "Accept: text/event-stream\r\nAuthorization: Bearer " + token + "\r\n\r\n";
        socket.getOutputStream().write((lines + more).getBytes(StandardCharsets.US_ASCII));
        sockets.add(socket);
      }
      TestAppliance.await(() -> server.followers() == readers + stuck);
      long start = System.nanoTime();
      arrival.letThrough();
      appliance.await(id, BuildState.SUCCEEDED);
      double seconds = (System.nanoTime() - start) / 1e9;
      for (CompletableFuture<Long> one : reading) {
        if (one.get(1, TimeUnit.MINUTES) < LINES * (long) "afterwards ".length()) {
          throw new IOException("A follower did not get all of the log");
        }
      }
      for (Socket socket : sockets) {
        socket.close();
      }
      return seconds;
    }
  }

  private static void submissions(TestAppliance appliance, Gate gate) throws Exception {
    // Keeps the worker busy, so that only submitting is measured.
    appliance.submit(gate.line());
    Gate.Arrival arrival = gate.next();
    ExecutorService people = Executors.newFixedThreadPool(20);
    List<Callable<Object>> submissions = new ArrayList<>();
    for (int i = 0; i < SUBMISSIONS; i++) {
      submissions.add(() -> appliance.submit("log: 1\n"));
    }
    long start = System.nanoTime();
    people.invokeAll(submissions);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%-60s %.2f s, %.0f a second%n",
        SUBMISSIONS + " submissions by 20 at once, each on disk", seconds, SUBMISSIONS / seconds);
    people.shutdown();
    appliance
        .queue()
        .list(new BuildQuery(Set.of(BuildState.QUEUED), OptionalLong.empty(), SUBMISSIONS))
        .builds()
        .forEach(build -> appliance.queue().cancel(build.id(), "ada"));
    arrival.letThrough();
  }

  private static void followers(TestAppliance appliance, Gate gate) throws Exception {
    log(appliance, gate, 0);
    double[] alone = new double[3];
    double[] followed = new double[3];
    for (int i = 0; i < alone.length; i++) {
      alone[i] = log(appliance, gate, 0);
      followed[i] = log(appliance, gate, FOLLOWERS);
    }
    Arrays.sort(alone);
    Arrays.sort(followed);
    System.out.printf(
        "%-60s alone %.2f s, with %d followers %.2f s, ratio %.2f%n",
        "a build that prints " + LINES + " lines",
        alone[1],
        FOLLOWERS,
        followed[1],
        followed[1] / alone[1]);
  }

  /** How long a build takes that prints a long log, all of which its followers read. */
  private static double log(TestAppliance appliance, Gate gate, int followers) throws Exception {
    long id = appliance.submit("afterwards: " + LINES + "\neffort: 100000\n" + gate.line()).id();
    Gate.Arrival arrival = gate.next();
    long length = LINES * (long) "afterwards ".length();
    AtomicLong unread = new AtomicLong(followers);
    ExecutorService readers = Executors.newCachedThreadPool();
    for (int i = 0; i < followers; i++) {
      readers.execute(() -> read(appliance, id, length, unread));
    }
    long start = System.nanoTime();
    arrival.letThrough();
    appliance.await(id, BuildState.SUCCEEDED);
    double seconds = (System.nanoTime() - start) / 1e9;
    readers.shutdown();
    if (!readers.awaitTermination(1, TimeUnit.MINUTES) || unread.get() > 0) {
      throw new IOException(unread + " followers did not get all of the log");
    }
    return seconds;
  }

  private static void read(TestAppliance appliance, long id, long length, AtomicLong unread) {
    Semaphore news = new Semaphore(0);
    Subscription following = appliance.queue().subscribe(id, news::release);
    long offset = 0;
    boolean ended = false;
    while (!ended || offset < length) {
      try {
        news.tryAcquire(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        return;
      }
      news.drainPermits();
      ended =
          appliance.queue().events(id, 0, 1000).stream().anyMatch(e -> e.type().equals("finished"));
      LogText part = appliance.queue().log(id, offset, 64 << 10);
      while (!part.text().isEmpty()) {
        offset = part.next();
        part = appliance.queue().log(id, offset, 64 << 10);
      }
    }
    following.close();
    unread.decrementAndGet();
  }
}
