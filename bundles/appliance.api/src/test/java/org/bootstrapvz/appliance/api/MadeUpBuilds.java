/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Relation;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.builds.Builds;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.api.builds.QueueStatus;
import org.bootstrapvz.appliance.api.builds.Submission;
import org.bootstrapvz.appliance.api.events.BuildEvents;
import org.bootstrapvz.appliance.api.events.LogText;
import org.bootstrapvz.appliance.api.events.RecordedEvent;
import org.bootstrapvz.appliance.api.events.Subscription;
import org.bootstrapvz.appliance.api.history.BuildAction;
import org.bootstrapvz.appliance.api.history.BuildDetails;
import org.bootstrapvz.appliance.api.history.BuildHistory;
import org.bootstrapvz.appliance.api.history.BuildPage;
import org.bootstrapvz.appliance.api.history.BuildQuery;
import org.bootstrapvz.appliance.api.history.Finding;
import org.bootstrapvz.appliance.api.history.PhaseTime;
import org.bootstrapvz.appliance.api.history.TaskRun;
import org.bootstrapvz.appliance.api.history.TaskState;
import org.bootstrapvz.appliance.api.history.UsedBundle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Builds with the plan of a real manifest; what becomes of them is up to a test. A manifest that
 * holds "wrong" has errors.
 */
public final class MadeUpBuilds implements Builds, BuildHistory, BuildEvents {
  /** The name of the appliance. */
  public static final String HERE = "builder-1";

  private static final JsonMapper JSON = new JsonMapper();

  private static final class Entry {
    private Submission submission;
    private BuildState state = BuildState.QUEUED;
    private int priority;
    private Instant submitted = Instant.now();
    private Optional<Instant> started = Optional.empty();
    private Optional<Instant> finished = Optional.empty();
    private OptionalLong retryOf = OptionalLong.empty();
    private String appliance = "";
    private String error = "";
    private List<Finding> problems = List.of();
    private boolean planned;
    private final Map<String, TaskState> states = new HashMap<>();
    private final Map<String, Duration> durations = new HashMap<>();
    private final List<RecordedEvent> events = new ArrayList<>();
    private final StringBuilder log = new StringBuilder();
    private final List<Artefact> artefacts = new ArrayList<>();
    private final List<BuildAction> actions = new ArrayList<>();
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();
  }

  private final Map<Long, Entry> entries = new TreeMap<>();
  private final String planText;
  private final Plan plan;
  private String trouble = "";
  private long freeBytes = 83L << 30;

  /** None so far. */
  public MadeUpBuilds() {
    try (InputStream in = MadeUpBuilds.class.getResourceAsStream("plan.json")) {
      planText = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    JsonNode json = JSON.readTree(planText);
    List<PlannedTask> tasks = new ArrayList<>();
    json.get("tasks").forEach(task -> tasks.add(JSON.treeToValue(task, PlannedTask.class)));
    List<Relation> relations = new ArrayList<>();
    json.get("relations").forEach(one -> relations.add(JSON.treeToValue(one, Relation.class)));
    plan = new Plan(null, "kvm", List.of("vagrant"), tasks, relations, new TreeSet<>());
  }

  /** The plan of all builds. */
  public Plan plan() {
    return plan;
  }

  private Entry entry(long id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      throw new BuildsException(BuildsException.Reason.UNKNOWN, "There is no build " + id);
    }
    return entry;
  }

  private void change(long id, Consumer<Entry> change) {
    Entry entry;
    synchronized (this) {
      entry = entry(id);
      change.accept(entry);
    }
    entry.followers.forEach(Runnable::run);
  }

  /** A build that was submitted some time ago. */
  public long submitted(String name, String manifest, Duration ago) {
    long id = submit(new Submission(name, manifest, 0, "ci")).id();
    change(id, entry -> entry.submitted = Instant.now().minus(ago));
    return id;
  }

  /** Begins to build. */
  public void start(long id, Instant time) {
    change(
        id,
        entry -> {
          entry.state = BuildState.RUNNING;
          entry.appliance = HERE;
          entry.started = Optional.of(time);
          entry.planned = true;
          plan.tasks().forEach(task -> entry.states.put(task.id(), TaskState.WAITING));
          event(entry, time, "started", Map.of("appliance", HERE));
          event(entry, time, "planned", Map.of("tasks", plan.tasks().size()));
        });
  }

  /** Begins the task at a place of the task list. */
  public void startTask(long id, int place, Instant time) {
    PlannedTask task = plan.tasks().get(place);
    change(
        id,
        entry -> {
          entry.states.put(task.id(), TaskState.RUNNING);
          event(entry, time, "task-started", Map.of("task", task.id(), "name", task.name()));
          entry.log.append("-- " + task.name() + ": " + task.description() + "\n");
        });
  }

  /** Ends the task at a place of the task list. */
  public void finishTask(long id, int place, Duration took, Instant time) {
    PlannedTask task = plan.tasks().get(place);
    change(
        id,
        entry -> {
          entry.states.put(task.id(), TaskState.DONE);
          entry.durations.put(task.id(), took);
          event(entry, time, "task-finished", Map.of("task", task.id()));
        });
  }

  /** Runs the first tasks, which began some time ago, and begins the next. */
  public void runUntil(long id, int place, Duration ago) {
    long total = 0;
    for (int i = 0; i < place; i++) {
      total += millis(i);
    }
    Instant time = Instant.now().minus(ago).minusMillis(total);
    start(id, time);
    for (int i = 0; i < place; i++) {
      startTask(id, i, time);
      time = time.plusMillis(millis(i));
      finishTask(id, i, Duration.ofMillis(millis(i)), time);
    }
    if (place < plan.tasks().size()) {
      startTask(id, place, time);
    }
  }

  /** How long a task takes: most are quick, those that install are not. */
  private long millis(int place) {
    String name = plan.tasks().get(place).name();
    return switch (name) {
      case "bootstrap.Bootstrap" -> 14_200;
      case "packages.InstallPackages" -> 9_800;
      case "initramfs.Generate", "filesystem.MakeFilesystems" -> 4_100;
      default -> name.contains("Convert") || name.contains("Box") ? 6_300 : 20 + 37L * place % 400;
    };
  }

  /** Fails the task at a place of the task list, and with it the build. */
  public void fail(long id, int place, String error) {
    PlannedTask task = plan.tasks().get(place);
    change(
        id,
        entry -> {
          entry.states.replaceAll(
              (name, state) -> state == TaskState.WAITING ? TaskState.SKIPPED : state);
          entry.states.put(task.id(), TaskState.FAILED);
          entry.error = error;
          entry.log.append("failed: " + error + "\n");
          event(entry, Instant.now(), "failing", Map.of("task", task.id(), "message", error));
        });
    end(id, BuildState.FAILED, Instant.now());
  }

  /** Ends a build. */
  public void end(long id, BuildState state, Instant time) {
    change(
        id,
        entry -> {
          entry.state = state;
          entry.finished = Optional.of(time);
          entry.states.replaceAll((name, task) -> ended(task));
          event(entry, time, "finished", Map.of("state", state));
        });
  }

  private static TaskState ended(TaskState state) {
    return switch (state) {
      case RUNNING -> TaskState.STOPPED;
      case WAITING -> TaskState.SKIPPED;
      default -> state;
    };
  }

  /** Says what is wrong with a build. */
  public void error(long id, String error) {
    change(id, entry -> entry.error = error);
  }

  /** Has a build warn. */
  public void warn(long id, String message) {
    change(id, entry -> event(entry, Instant.now(), "warning", Map.of("message", message)));
  }

  /** Adds to the log. */
  public void write(long id, String text) {
    change(id, entry -> entry.log.append(text));
  }

  /** Adds an artefact. */
  public void deliver(long id, Path file, long size, long onDisk, String sha256) {
    change(id, entry -> entry.artefacts.add(new Artefact.Local(file, size, onDisk, sha256)));
  }

  /** Adds an artefact that is not on the appliance. */
  public void deliver(long id, Artefact.Remote artefact) {
    change(id, entry -> entry.artefacts.add(artefact));
  }

  /** Puts a build into a state, in which this appliance brought it. */
  public void state(long id, BuildState state) {
    change(
        id,
        entry -> {
          entry.state = state;
          entry.appliance = HERE;
        });
  }

  /** Has another appliance have built it. */
  public void builtBy(long id, String appliance) {
    change(id, entry -> entry.appliance = appliance);
  }

  /** Adds an event. */
  public void event(long id, String type, Map<String, ?> data) {
    change(id, entry -> event(entry, Instant.now(), type, data));
  }

  /** Leaves so much space on the disk. */
  public synchronized void free(long bytes) {
    freeBytes = bytes;
  }

  /** Finds errors in a manifest. */
  public void reject(long id, Finding... problems) {
    change(
        id,
        entry -> {
          entry.state = BuildState.REJECTED;
          entry.finished = Optional.of(entry.submitted);
          entry.error = "The manifest has errors";
          entry.problems = List.of(problems);
        });
  }

  /** Has the queue say why it does not work; empty if it does. */
  public synchronized void trouble(String text) {
    trouble = text;
  }

  /** How many follow a build. */
  public synchronized int followers(long id) {
    return entry(id).followers.size();
  }

  /** The priority of a build, the name of it, and its manifest as it came. */
  public synchronized Submission submission(long id) {
    Entry entry = entry(id);
    return new Submission(
        entry.submission.name(),
        entry.submission.manifest(),
        entry.priority,
        entry.submission.submitter());
  }

  private static void event(Entry entry, Instant time, String type, Map<String, ?> data) {
    entry.events.add(
        new RecordedEvent(entry.events.size() + 1, time, type, JSON.writeValueAsString(data)));
  }

  @Override
  public synchronized BuildSummary submit(Submission submission) {
    check();
    Entry entry = new Entry();
    entry.submission = submission;
    entry.priority = submission.priority();
    long id = entries.size() + 1;
    entries.put(id, entry);
    if (submission.manifest().contains("wrong")) {
      reject(id, finding(2, 3, "provider", "It is wrong", ""));
    }
    return summary(id, entry);
  }

  private BuildSummary summary(long id, Entry entry) {
    long done = entry.states.values().stream().filter(state -> state == TaskState.DONE).count();
    String task =
        plan.tasks().stream()
            .filter(one -> entry.states.get(one.id()) == TaskState.RUNNING)
            .map(PlannedTask::name)
            .findFirst()
            .orElse("");
    return new BuildSummary(
        id,
        entry.submission.name(),
        entry.submission.submitter(),
        entry.priority,
        entry.state,
        "kvm",
        List.of("vagrant"),
        entry.submitted,
        entry.started,
        entry.finished,
        entry.appliance,
        1,
        entry.retryOf,
        entry.planned ? (double) done / plan.tasks().size() : 0,
        entry.state == BuildState.RUNNING ? task : "",
        entry.error,
        entry.artefacts.stream()
            .mapToLong(artefact -> artefact instanceof Artefact.Local local ? local.size() : 0)
            .sum());
  }

  @Override
  public synchronized BuildPage list(BuildQuery query) {
    check();
    List<BuildSummary> found = new ArrayList<>();
    for (long id = query.before().orElse(entries.size() + 1) - 1; id > 0; id--) {
      BuildSummary summary = summary(id, entry(id));
      if (query.states().isEmpty() || query.states().contains(summary.state())) {
        if (found.size() == query.limit()) {
          return new BuildPage(found, OptionalLong.of(found.get(found.size() - 1).id()));
        }
        found.add(summary);
      }
    }
    return new BuildPage(found, OptionalLong.empty());
  }

  @Override
  public synchronized Optional<BuildDetails> find(long id) {
    check();
    return Optional.ofNullable(entries.get(id)).map(entry -> details(id, entry));
  }

  private BuildDetails details(long id, Entry entry) {
    List<TaskRun> tasks =
        entry.planned
            ? plan.tasks().stream()
                .map(
                    task ->
                        new TaskRun(
                            task.id(),
                            task.name(),
                            task.phase(),
                            task.description(),
                            entry.states.get(task.id()),
                            Optional.ofNullable(entry.durations.get(task.id()))))
                .toList()
            : List.of();
    return new BuildDetails(
        summary(id, entry),
        entry.problems,
        tasks,
        entry.planned ? Optional.of(planText) : Optional.empty(),
        List.copyOf(entry.artefacts),
        entry.planned
            ? List.of(
                new UsedBundle("org.bootstrapvz.common", "1.0.0"),
                new UsedBundle("org.bootstrapvz.provider.kvm", "1.0.0"))
            : List.of(),
        phases(entry),
        List.of(),
        List.copyOf(entry.actions));
  }

  private Map<Phase, Duration> phases(Entry entry) {
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    plan.tasks().stream()
        .filter(task -> entry.durations.containsKey(task.id()))
        .forEach(
            task -> phases.merge(task.phase(), entry.durations.get(task.id()), Duration::plus));
    return phases;
  }

  @Override
  public synchronized Optional<String> manifest(long id) {
    return Optional.ofNullable(entries.get(id)).map(entry -> entry.submission.manifest());
  }

  @Override
  public synchronized List<RecordedEvent> events(long id, long after, int limit) {
    check();
    return entry(id).events.stream()
        .filter(event -> event.sequence() > after)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized LogText log(long id, long offset, int limit) {
    check();
    StringBuilder log = entry(id).log;
    int begin = (int) Math.min(offset, log.length());
    int end = Math.min(log.length(), begin + limit);
    return new LogText(log.substring(begin, end), begin, end);
  }

  @Override
  public Subscription subscribe(long id, Runnable news) {
    Entry entry;
    synchronized (this) {
      entry = entry(id);
    }
    entry.followers.add(news);
    news.run();
    return () -> entry.followers.remove(news);
  }

  private void check() {
    if (!trouble.isEmpty()) {
      throw new BuildsException(BuildsException.Reason.UNAVAILABLE, trouble);
    }
  }

  @Override
  public void cancel(long id, String by) {
    synchronized (this) {
      if (entry(id).state.ended()) {
        throw new BuildsException(BuildsException.Reason.CONFLICT, "Build " + id + " has ended");
      }
      entry(id).actions.add(new BuildAction(Instant.now(), "cancelled", by, ""));
    }
    end(id, BuildState.CANCELLED, Instant.now());
  }

  @Override
  public synchronized BuildSummary retry(long id, String submitter) {
    Submission old = entry(id).submission;
    if (!entry(id).state.ended()) {
      throw new BuildsException(BuildsException.Reason.CONFLICT, "Build " + id + " has not ended");
    }
    long again = submit(new Submission(old.name(), old.manifest(), old.priority(), submitter)).id();
    entry(again).retryOf = OptionalLong.of(id);
    entry(id).actions.add(new BuildAction(Instant.now(), "retried", submitter, "" + again));
    return summary(again, entry(again));
  }

  @Override
  public void prioritise(long id, int priority, String by) {
    entry(id).actions.add(new BuildAction(Instant.now(), "prioritised", by, "" + priority));
    change(id, entry -> entry.priority = priority);
  }

  @Override
  public synchronized Map<BuildState, Long> counts() {
    Map<BuildState, Long> counts = new EnumMap<>(BuildState.class);
    for (BuildState state : BuildState.values()) {
      counts.put(state, entries.values().stream().filter(e -> e.state == state).count());
    }
    return counts;
  }

  @Override
  public Map<Phase, PhaseTime> phaseTimes() {
    return Map.of(Phase.OS_INSTALLATION, new PhaseTime(2, Duration.ofSeconds(90)));
  }

  @Override
  public synchronized QueueStatus status() {
    return new QueueStatus(
        HERE,
        2,
        counts().get(BuildState.RUNNING).intValue(),
        Optional.of(trouble).filter(text -> !text.isEmpty()),
        Path.of("/"),
        freeBytes);
  }

  /** An error at a location of a manifest. */
  public static Finding finding(int line, int column, String path, String message, String remedy) {
    return new Finding(Problem.Severity.ERROR, line, column, path, message, remedy);
  }
}
