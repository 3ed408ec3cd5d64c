/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.file.PrivateDirectory;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.value.Bytes;
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
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.bootstrapvz.appliance.queue.internal.store.Database;
import org.bootstrapvz.appliance.queue.internal.store.Stores;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue in the database, with a worker that runs builds. */
@Component(
    service = {Builds.class, BuildHistory.class, BuildEvents.class},
    immediate = true,
    configurationPid = QueueSettings.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = QueueSettings.class)
public final class BuildQueue implements Builds, BuildHistory, BuildEvents {
  private static final Logger LOG = LoggerFactory.getLogger(BuildQueue.class);
  private static final long MEMORY_PER_BUILD = 2L << 30;

  private final StateDirectory state;
  private final Database database;
  private final Builder builder;
  private final Examiner examiner;
  private final LongSupplier availableMemory;
  private final ResourceType directories;
  private final ClockCheck clock;
  private final Stores stores;
  private final Subscriptions subscriptions = new Subscriptions();
  private final StateChanges changes;
  private final RecordWriter writer;
  private final Submitter submitter;
  private final WaitReason waitReason;

  /** Replaced when the settings change. */
  private volatile LocalBuilds local;

  /** Starts the queue; does not need the database yet. */
  @Activate
  public BuildQueue(
      QueueSettings settings,
      @Reference StateDirectory state,
      @Reference Database database,
      @Reference(target = "(" + Builder.WORKER + "=true)") Builder builder,
      @Reference ManifestExaminer examiner,
      @Reference Machine machine,
      @Reference(target = "(" + ResourceType.TYPE + "=" + ResourceSpec.FOLDER + ")")
          ResourceType directories,
      @Reference StateListeners listeners,
      @Reference ClockCheck clock)
      throws IOException {
    this(
        settings,
        state,
        database,
        builder,
        examiner,
        machine::availableMemory,
        directories,
        listeners,
        clock);
  }

  BuildQueue(
      QueueSettings settings,
      StateDirectory state,
      Database database,
      Builder builder,
      Examiner examiner,
      LongSupplier availableMemory,
      ResourceType directories,
      StateListeners listeners,
      ClockCheck clock)
      throws IOException {
    this.database = database;
    this.state = state;
    this.builder = builder;
    this.examiner = examiner;
    this.availableMemory = availableMemory;
    this.directories = directories;
    this.clock = clock;
    stores = Stores.in(database);
    changes = new StateChanges(stores.history(), listeners::stateChanged);
    writer = new RecordWriter(stores, state.instance(), subscriptions::announce);
    submitter = new Submitter(stores, examiner, state.scratch());
    waitReason = new WaitReason(stores, examiner);
    local = start(settings, site(settings));
  }

  private BuildSite site(QueueSettings settings) throws IOException {
    BuildSite site =
        new BuildSite(
            settings.name().isEmpty() ? hostName() : settings.name(),
            state.instance(),
            settings.directory().isEmpty()
                ? state.path().resolve("builds")
                : Path.of(settings.directory()).toAbsolutePath(),
            state.scratch());
    PrivateDirectory.create(site.directory());
    return site;
  }

  private LocalBuilds start(QueueSettings settings, BuildSite site) {
    return new LocalBuilds(
        settings,
        site,
        concurrency(settings, availableMemory),
        database,
        new BuildRunner(
            site,
            settings.installMissing(),
            new DiskGuard(site.directory(), Bytes.parse(settings.minFreeSpace()).count(), examiner),
            builder,
            database.isShared() ? Optional.of(Worker.lease(settings)) : Optional.empty()),
        examiner,
        writer,
        changes,
        subscriptions,
        new BuildDirectories(site, directories),
        clock);
  }

  /**
   * Uses changed settings: stops as configured before, and starts again. In the meantime everything
   * but running builds works as always.
   *
   * @throws IOException if the new directory cannot be created; nothing has changed then
   */
  @Modified
  public synchronized void modified(QueueSettings settings) throws IOException {
    BuildSite site = site(settings);
    local.close();
    local = start(settings, site);
  }

  private static int concurrency(QueueSettings settings, LongSupplier availableMemory) {
    if (settings.concurrency() > 0) {
      return settings.concurrency();
    }
    long byMemory = availableMemory.getAsLong() / MEMORY_PER_BUILD;
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
  public synchronized void close() {
    local.close();
    writer.close();
    try {
      stores.appliances().stopped(state.instance());
    } catch (BuildsException e) {
      LOG.debug("Other appliances find out by the missing heartbeats", e);
    }
  }

  // Builds

  @Override
  public BuildSummary submit(Submission submission) {
    return submit(submission, OptionalLong.empty());
  }

  private BuildSummary submit(Submission submission, OptionalLong retryOf) {
    BuildSummary added = submitter.submit(submission, retryOf);
    changes.check(added.id());
    local.worker().wake();
    return added;
  }

  @Override
  public BuildSummary retry(long id, String by) {
    BuildSummary former = known(id);
    if (!former.state().ended()) {
      throw new BuildsException(
          Reason.CONFLICT, "Build " + id + " has not ended; cancel it, or wait until it ends");
    }
    String manifest = stores.history().manifest(id).orElseThrow(() -> unknown(id));
    return submit(
        new Submission(former.name(), manifest, former.priority(), by), OptionalLong.of(id));
  }

  @Override
  public void cancel(long id, String by) {
    // A build that runs here may end, cancelled, before the store is asked.
    boolean ran = local.runner().cancel(id, by);
    if (stores.queue().cancelQueued(id, by) || stores.queue().askToCancel(id, by) || ran) {
      // It may have been queued at first, and have started since.
      local.runner().cancel(id, by);
      changes.check(id);
      subscriptions.announce(id);
      return;
    }
    throw new BuildsException(Reason.CONFLICT, "Build " + id + " has ended: " + known(id).state());
  }

  @Override
  public void prioritise(long id, int priority, String by) {
    SubmissionCheck.checkPriority(priority);
    if (!stores.queue().prioritise(id, priority, by)) {
      throw new BuildsException(
          Reason.CONFLICT, "Build " + id + " is not queued any more: " + known(id).state());
    }
    subscriptions.announce(id);
  }

  private BuildSummary known(long id) {
    return stores.history().summary(id).orElseThrow(() -> unknown(id));
  }

  private static BuildsException unknown(long id) {
    return new BuildsException(Reason.UNKNOWN, "There is no build " + id);
  }

  @Override
  public QueueStatus status() {
    String trouble = database.trouble();
    LocalBuilds builds = local;
    Path directory = builds.site().directory();
    return new QueueStatus(
        builds.site().appliance(),
        builds.worker().concurrency(),
        builds.runner().running(),
        trouble.isEmpty() ? Optional.empty() : Optional.of(trouble),
        directory,
        directory.toFile().getUsableSpace());
  }

  // BuildHistory

  @Override
  public BuildPage list(BuildQuery query) {
    if (query.limit() < 1 || query.limit() > MAX_PAGE) {
      throw new BuildsException(
          Reason.INVALID, "The limit of a page is not between 1 and " + MAX_PAGE);
    }
    return stores.history().page(query);
  }

  @Override
  public Optional<BuildDetails> find(long id) {
    return stores.history().details(id).map(waitReason::addTo);
  }

  @Override
  public Optional<String> manifest(long id) {
    return stores.history().manifest(id);
  }

  @Override
  public Map<BuildState, Long> counts() {
    return stores.history().counts();
  }

  @Override
  public Map<Phase, PhaseTime> phaseTimes() {
    return local.worker().phaseTimes();
  }

  // BuildEvents

  @Override
  public List<RecordedEvent> events(long id, long after, int limit) {
    return writer
        .of(id)
        .flatMap(record -> record.recent().events(after, limit))
        .orElseGet(() -> stores.events().events(id, after, limit));
  }

  @Override
  public LogText log(long id, long offset, int limit) {
    return writer
        .of(id)
        .flatMap(record -> record.recent().log(offset, limit))
        .orElseGet(() -> stores.events().log(id, offset, limit));
  }

  @Override
  public Subscription subscribe(long id, Runnable onChange) {
    return subscriptions.add(id, onChange);
  }
}
