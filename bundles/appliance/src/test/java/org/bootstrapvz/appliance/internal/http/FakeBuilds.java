/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.appliance.internal.Builds;
import org.bootstrapvz.appliance.internal.BuildsException;

/** Builds that do what a test says. A manifest that holds "wrong" has errors. */
final class FakeBuilds implements Builds {
  static final String HERE = "here";
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  /** A build. */
  private static final class Entry {
    private Submission submission;
    private State state = State.QUEUED;
    private int priority;
    private OptionalLong retryOf = OptionalLong.empty();
    private String appliance = "";
    private final List<Event> events = new ArrayList<>();
    private final StringBuilder log = new StringBuilder();
    private final List<StoredArtefact> artefacts = new ArrayList<>();
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();
  }

  private final Map<Long, Entry> entries = new TreeMap<>();
  private boolean available = true;

  synchronized void available(boolean now) {
    available = now;
  }

  private Entry entry(long id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      throw new BuildsException(BuildsException.Reason.UNKNOWN, "There is no build " + id);
    }
    return entry;
  }

  private void check() {
    if (!available) {
      throw new BuildsException(
          BuildsException.Reason.UNAVAILABLE, "The database cannot be reached");
    }
  }

  /** Puts a build into a state. */
  void state(long id, State state) {
    Entry entry;
    synchronized (this) {
      entry = entry(id);
      entry.state = state;
      entry.appliance = HERE;
    }
    entry.followers.forEach(Runnable::run);
  }

  synchronized void builtBy(long id, String appliance) {
    entry(id).appliance = appliance;
  }

  void event(long id, String type, String data) {
    Entry entry;
    synchronized (this) {
      entry = entry(id);
      entry.events.add(new Event(entry.events.size() + 1, TIME, type, data));
    }
    entry.followers.forEach(Runnable::run);
  }

  void write(long id, String text) {
    Entry entry;
    synchronized (this) {
      entry = entry(id);
      entry.log.append(text);
    }
    entry.followers.forEach(Runnable::run);
  }

  synchronized void deliver(long id, StoredArtefact artefact) {
    entry(id).artefacts.add(artefact);
  }

  synchronized int followers(long id) {
    return entry(id).followers.size();
  }

  @Override
  public synchronized Summary submit(Submission submission) {
    check();
    Entry entry = new Entry();
    entry.submission = submission;
    entry.priority = submission.priority();
    if (submission.manifest().contains("wrong")) {
      entry.state = State.REJECTED;
    }
    long id = entries.size() + 1;
    entries.put(id, entry);
    return summary(id, entry);
  }

  private static Summary summary(long id, Entry entry) {
    return new Summary(
        id,
        entry.submission.name(),
        entry.submission.submitter(),
        entry.priority,
        entry.state,
        "kvm",
        List.of("commands"),
        TIME,
        entry.state == State.QUEUED ? Optional.empty() : Optional.of(TIME),
        entry.state.ended() ? Optional.of(TIME.plusSeconds(90)) : Optional.empty(),
        entry.appliance,
        1,
        entry.retryOf,
        0.5,
        "",
        "",
        entry.artefacts.stream().mapToLong(StoredArtefact::size).sum());
  }

  @Override
  public synchronized Page list(Query query) {
    check();
    List<Summary> found = new ArrayList<>();
    OptionalLong next = OptionalLong.empty();
    for (long id = query.before().orElse(entries.size() + 1) - 1; id > 0; id--) {
      Summary summary = summary(id, entry(id));
      if (query.states().isEmpty() || query.states().contains(summary.state())) {
        if (found.size() == query.limit()) {
          next = OptionalLong.of(found.get(found.size() - 1).id());
          break;
        }
        found.add(summary);
      }
    }
    return new Page(found, next);
  }

  @Override
  public synchronized Optional<Details> find(long id) {
    check();
    return Optional.ofNullable(entries.get(id))
        .map(
            entry ->
                new Details(
                    summary(id, entry),
                    entry.state == State.REJECTED
                        ? List.of(
                            new Finding(
                                Problem.Severity.ERROR, 2, 3, "provider", "It is wrong", ""))
                        : List.of(),
                    List.of(
                        new TaskRun(
                            "org.example.Task",
                            "Task",
                            Phase.OS_INSTALLATION,
                            "Installing",
                            TaskState.DONE,
                            Optional.of(Duration.ofMillis(1500)))),
                    entry.state == State.QUEUED
                        ? Optional.empty()
                        : Optional.of("{\"provider\":\"kvm\"}"),
                    List.copyOf(entry.artefacts),
                    List.of(new UsedBundle("org.example", "1.0.0")),
                    Map.of(Phase.OS_INSTALLATION, Duration.ofMillis(1500)),
                    List.of()));
  }

  @Override
  public synchronized Optional<String> manifest(long id) {
    return Optional.ofNullable(entries.get(id)).map(entry -> entry.submission.manifest());
  }

  @Override
  public synchronized List<Event> events(long id, long after, int limit) {
    check();
    return entry(id).events.stream()
        .filter(event -> event.sequence() > after)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized LogText log(long id, long offset, int limit) {
    check();
    String log = entry(id).log.toString();
    int begin = (int) Math.min(offset, log.length());
    int end = Math.min(log.length(), begin + limit);
    return new LogText(log.substring(begin, end), begin, end);
  }

  @Override
  public Following follow(long id, Runnable news) {
    Entry entry;
    synchronized (this) {
      entry = entry(id);
    }
    entry.followers.add(news);
    news.run();
    return () -> entry.followers.remove(news);
  }

  @Override
  public void cancel(long id) {
    synchronized (this) {
      if (entry(id).state.ended()) {
        throw new BuildsException(BuildsException.Reason.CONFLICT, "Build " + id + " has ended");
      }
    }
    state(id, State.CANCELLED);
  }

  @Override
  public synchronized Summary retry(long id, String submitter) {
    Entry old = entry(id);
    if (!old.state.ended()) {
      throw new BuildsException(BuildsException.Reason.CONFLICT, "Build " + id + " has not ended");
    }
    Summary again =
        submit(
            new Submission(
                old.submission.name(), old.submission.manifest(), old.priority, submitter));
    entry(again.id()).retryOf = OptionalLong.of(id);
    return summary(again.id(), entry(again.id()));
  }

  @Override
  public synchronized void prioritise(long id, int priority) {
    entry(id).priority = priority;
  }

  @Override
  public synchronized Map<State, Long> counts() {
    Map<State, Long> counts = new EnumMap<>(State.class);
    for (State state : State.values()) {
      counts.put(state, entries.values().stream().filter(e -> e.state == state).count());
    }
    return counts;
  }

  @Override
  public Map<Phase, PhaseTime> phaseTimes() {
    return Map.of(Phase.OS_INSTALLATION, new PhaseTime(2, Duration.ofSeconds(90)));
  }

  @Override
  public synchronized Status status() {
    return new Status(
        HERE,
        2,
        0,
        available ? Optional.empty() : Optional.of("The database cannot be reached"),
        Path.of("/"),
        1000);
  }
}
