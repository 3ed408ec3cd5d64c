/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.builds.Builds;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.api.builds.BuildsException.Reason;
import org.bootstrapvz.appliance.api.builds.QueueStatus;
import org.bootstrapvz.appliance.api.builds.Submission;
import org.bootstrapvz.appliance.api.events.BuildEvents;
import org.bootstrapvz.appliance.api.events.LogText;
import org.bootstrapvz.appliance.api.events.RecordedEvent;
import org.bootstrapvz.appliance.api.events.Subscription;
import org.bootstrapvz.appliance.api.history.BuildDetails;
import org.bootstrapvz.appliance.api.history.BuildHistory;
import org.bootstrapvz.appliance.api.history.BuildPage;
import org.bootstrapvz.appliance.api.history.BuildQuery;
import org.bootstrapvz.appliance.api.history.PhaseTime;
import org.bootstrapvz.appliance.api.operations.Durations;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.bootstrapvz.appliance.queue.internal.store.BuildStore;
import org.bootstrapvz.appliance.queue.internal.store.Database;
import org.bootstrapvz.appliance.queue.internal.store.NewBuild;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue in the database, with a worker that runs builds here. */
@Component(
    service = {Builds.class, BuildHistory.class, BuildEvents.class},
    immediate = true,
    configurationPid = QueueSettings.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = QueueSettings.class)
public final class BuildQueue implements Builds, BuildHistory, BuildEvents {
  private static final Logger LOG = LoggerFactory.getLogger(BuildQueue.class);
  private static final long MEMORY_FOR_A_BUILD = 2L << 30;
  private static final int LONGEST_NAME = 200;

  /** How long an appliance that is not heard of counts as one that may take a build. */
  private static final Duration LATELY = Duration.ofMinutes(2);

  private static final Duration BETWEEN_RETENTIONS = Duration.ofMinutes(1);

  private final String name;
  private final String instance;
  private final Path folder;
  private final Path scratch;
  private final Database database;
  private final BuildStore store;
  private final Examiner examiner;
  private final Followers followers = new Followers();
  private final RecordWriter writer;
  private final Worker worker;
  private final Retention retention;
  private final ScheduledExecutorService housekeeper =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "bootstrap-vz queue"));

  /** Used by the housekeeper only. */
  private final Map<Long, BuildStore.Position> seen = new HashMap<>();

  private boolean started;
  private Instant lastRetention = Instant.MIN;

  /** Starts the queue; needs no database yet. */
  @Activate
  public BuildQueue(
      QueueSettings settings,
      @Reference StateDirectory state,
      @Reference Database database,
      @Reference Builder builder,
      @Reference ManifestExaminer examiner,
      @Reference Machine machine,
      @Reference(target = "(" + ResourceType.TYPE + "=" + ResourceSpec.FOLDER + ")")
          ResourceType folders)
      throws IOException {
    this(settings, state, database, builder, examiner, machine::availableMemory, folders);
  }

  BuildQueue(
      QueueSettings settings,
      StateDirectory state,
      Database database,
      Builder builder,
      Examiner examiner,
      LongSupplier availableMemory,
      ResourceType folders)
      throws IOException {
    this.database = database;
    this.examiner = examiner;
    name = settings.name().isEmpty() ? hostName() : settings.name();
    instance = state.instance();
    folder =
        settings.directory().isEmpty()
            ? state.path().resolve("builds")
            : Path.of(settings.directory()).toAbsolutePath();
    Files.createDirectories(folder);
    scratch = state.scratch();
    store = new BuildStore(database);
    writer = new RecordWriter(store, instance, followers::tell);
    worker =
        new Worker(
            settings,
            name,
            instance,
            folder,
            scratch,
            concurrency(settings, availableMemory),
            database,
            store,
            builder,
            examiner,
            writer,
            followers);
    retention = new Retention(settings, store, instance, folder, folders);
    housekeeper.scheduleWithFixedDelay(
        this::keepHouse,
        0,
        Durations.parse(settings.pollInterval()).toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private static int concurrency(QueueSettings settings, LongSupplier availableMemory) {
    if (settings.concurrency() > 0) {
      return settings.concurrency();
    }
    long byMemory = availableMemory.getAsLong() / MEMORY_FOR_A_BUILD;
    return (int) Math.max(1, Math.min(byMemory, Runtime.getRuntime().availableProcessors()));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "appliance";
    }
  }

  /** Stops as configured: waits for running builds, or cancels them. */
  @Deactivate
  public void close() {
    housekeeper.shutdown();
    try {
      housekeeper.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    worker.close();
    writer.close();
    try {
      store.gone(instance);
    } catch (BuildsException e) {
      LOG.debug("Others see by themselves that this appliance is gone", e);
    }
  }

  // --- regularly ---

  private void keepHouse() {
    try {
      store.seen(instance, name, examiner.offers());
      worker.reachable(true);
      if (!started) {
        worker.start();
        started = true;
      }
      store.toCancel(instance).forEach(worker::cancel);
      tellAboutOthers();
      if (Instant.now().isAfter(lastRetention.plus(BETWEEN_RETENTIONS))) {
        lastRetention = Instant.now();
        retention.apply(lastRetention);
      }
    } catch (BuildsException e) {
      worker.reachable(false);
    } catch (RuntimeException e) {
      LOG.error("The queue could not be looked after; it is tried again", e);
    }
  }

  /** What runs elsewhere has no recorder here that would tell. */
  private void tellAboutOthers() {
    Set<Long> followed = new HashSet<>(followers.followed());
    seen.keySet().retainAll(followed);
    followed.removeIf(id -> writer.of(id).isPresent());
    if (!followed.isEmpty()) {
      store
          .positions(followed)
          .forEach(
              (id, position) -> {
                if (!position.equals(seen.put(id, position))) {
                  followers.tell(id);
                }
              });
    }
  }

  // --- submitting ---

  @Override
  public BuildSummary submit(Submission submission) {
    return submit(submission, OptionalLong.empty());
  }

  private BuildSummary submit(Submission submission, OptionalLong retryOf) {
    check(submission);
    Examiner.Examined examined = examine(submission);
    Set<String> needs = Needs.of(examined.provider(), examined.plugins());
    // What is not here may be on another appliance that shares the queue.
    boolean elsewhere =
        examined.missing()
            && store.offers(LATELY).stream().anyMatch(offers -> offers.containsAll(needs));
    boolean rejected = examined.plan().isEmpty() && !elsewhere;
    BuildSummary added =
        store.add(
            new NewBuild(
                submission,
                examined.provider(),
                examined.plugins(),
                needs,
                elsewhere ? List.of() : examined.problems(),
                examined.plan(),
                rejected,
                retryOf));
    worker.wake();
    return added;
  }

  private static void check(Submission submission) {
    if (submission.name().isBlank()
        || submission.name().length() > LONGEST_NAME
        || submission.name().chars().anyMatch(Character::isISOControl)) {
      throw new BuildsException(
          Reason.INVALID,
          "A build needs a name: one line of at most " + LONGEST_NAME + " characters");
    }
    if (submission.submitter().length() > LONGEST_NAME) {
      throw new BuildsException(
          Reason.INVALID, "The submitter's name is longer than " + LONGEST_NAME + " characters");
    }
    if (submission.manifest().indexOf(0) >= 0) {
      throw new BuildsException(
          Reason.INVALID, "The manifest holds a NUL character; it must be a text");
    }
    checkPriority(submission.priority());
  }

  private static void checkPriority(int priority) {
    if (priority < MIN_PRIORITY || priority > MAX_PRIORITY) {
      throw new BuildsException(
          Reason.INVALID,
          "The priority " + priority + " is not between " + MIN_PRIORITY + " and " + MAX_PRIORITY);
    }
  }

  private Examiner.Examined examine(Submission submission) {
    try {
      // Readable by this user only, as the manifest may hold passwords.
      Path file = Files.createTempFile(scratch, "submitted-", ".yml");
      try {
        Files.writeString(file, submission.manifest());
        return examiner.examine(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new BuildsException(
          Reason.UNAVAILABLE, "Nothing can be written to " + scratch + ": " + e.getMessage(), e);
    }
  }

  @Override
  public BuildSummary retry(long id, String submitter) {
    BuildSummary former = known(id);
    if (!former.state().ended()) {
      throw new BuildsException(
          Reason.CONFLICT, "Build " + id + " has not ended; cancel it first, or wait until it has");
    }
    String manifest = store.manifest(id).orElseThrow(() -> unknown(id));
    return submit(
        new Submission(former.name(), manifest, former.priority(), submitter), OptionalLong.of(id));
  }

  // --- changing ---

  @Override
  public void cancel(long id) {
    // What runs here may have ended, cancelled, before the store is asked.
    boolean ran = worker.cancel(id);
    if (store.cancelQueued(id) || store.askToCancel(id) || ran) {
      // It may have been queued when it was looked for, and begun since.
      worker.cancel(id);
      followers.tell(id);
      return;
    }
    BuildSummary summary = known(id);
    throw new BuildsException(Reason.CONFLICT, "Build " + id + " has ended: " + summary.state());
  }

  @Override
  public void prioritise(long id, int priority) {
    checkPriority(priority);
    if (!store.prioritise(id, priority)) {
      throw new BuildsException(
          Reason.CONFLICT,
          "Build " + id + " does not wait in the queue any more: " + known(id).state());
    }
    followers.tell(id);
  }

  private BuildSummary known(long id) {
    return store.summary(id).orElseThrow(() -> unknown(id));
  }

  private static BuildsException unknown(long id) {
    return new BuildsException(Reason.UNKNOWN, "There is no build " + id);
  }

  // --- looking ---

  @Override
  public BuildPage list(BuildQuery query) {
    if (query.limit() < 1 || query.limit() > MAX_PAGE) {
      throw new BuildsException(
          Reason.INVALID, "A page lists between 1 and " + MAX_PAGE + " builds");
    }
    return store.page(query);
  }

  @Override
  public Optional<BuildDetails> find(long id) {
    return store.details(id).map(this::withReasonToWait);
  }

  private BuildDetails withReasonToWait(BuildDetails details) {
    BuildSummary summary = details.summary();
    if (summary.state() != BuildState.QUEUED) {
      return details;
    }
    Set<String> needs = store.needs(summary.id());
    List<Set<String>> offers = store.offers(LATELY);
    if (offers.stream().anyMatch(offer -> offer.containsAll(needs))) {
      return details;
    }
    Set<String> missing = new TreeSet<>(needs);
    missing.removeAll(examiner.offers());
    return new BuildDetails(
        new BuildSummary(
            summary.id(),
            summary.name(),
            summary.submitter(),
            summary.priority(),
            summary.state(),
            summary.provider(),
            summary.plugins(),
            summary.submitted(),
            summary.started(),
            summary.finished(),
            summary.appliance(),
            summary.attempt(),
            summary.retryOf(),
            summary.progress(),
            summary.task(),
            "Waits for an appliance that has "
                + Needs.text(needs)
                + "; here lacks "
                + Needs.text(missing),
            summary.artefactBytes()),
        details.problems(),
        details.tasks(),
        details.plan(),
        details.artefacts(),
        details.bundles(),
        details.phases(),
        details.notReleased());
  }

  @Override
  public Optional<String> manifest(long id) {
    return store.manifest(id);
  }

  @Override
  public List<RecordedEvent> events(long id, long after, int limit) {
    return writer
        .of(id)
        .flatMap(recorder -> recorder.events(after, limit))
        .orElseGet(() -> store.events(id, after, limit));
  }

  @Override
  public LogText log(long id, long offset, int limit) {
    return writer
        .of(id)
        .flatMap(recorder -> recorder.log(offset, limit))
        .orElseGet(() -> store.log(id, offset, limit));
  }

  @Override
  public Subscription subscribe(long id, Runnable news) {
    return followers.add(id, news);
  }

  @Override
  public Map<BuildState, Long> counts() {
    return store.counts();
  }

  @Override
  public Map<Phase, PhaseTime> phaseTimes() {
    return worker.phaseTimes();
  }

  @Override
  public QueueStatus status() {
    String trouble = database.trouble();
    return new QueueStatus(
        name,
        worker.concurrency(),
        worker.running(),
        trouble.isEmpty() ? Optional.empty() : Optional.of(trouble),
        folder,
        folder.toFile().getUsableSpace());
  }
}
