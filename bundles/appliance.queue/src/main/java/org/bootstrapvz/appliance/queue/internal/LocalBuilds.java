/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.bootstrapvz.appliance.api.operations.Durations;
import org.bootstrapvz.appliance.queue.internal.store.Database;
import org.bootstrapvz.appliance.queue.internal.store.LostBuilds;
import org.bootstrapvz.appliance.queue.internal.store.Stores;

/** Takes builds from the queue and runs them in this process, with the settings of one time. */
final class LocalBuilds implements AutoCloseable {
  private final BuildSite site;
  private final BuildRunner runner;
  private final Leases leases;
  private final Worker worker;
  private final Housekeeper housekeeper;

  LocalBuilds(
      QueueSettings settings,
      BuildSite site,
      int concurrency,
      Database database,
      BuildRunner runner,
      Examiner examiner,
      RecordWriter writer,
      StateChanges changes,
      Subscriptions subscriptions,
      BuildDirectories directories,
      ClockCheck clock) {
    this.site = site;
    this.runner = runner;
    Stores stores = writer.stores();
    leases = new Leases(site.instance(), stores.queue(), runner);
    worker =
        new Worker(
            settings,
            site,
            concurrency,
            database,
            directories,
            new EligibleBuilds(examiner::offers, () -> busy(runner, writer)),
            runner,
            writer,
            changes);
    housekeeper =
        new Housekeeper(
            site,
            examiner,
            worker,
            runner,
            writer,
            subscriptions,
            new Retention(
                settings, database::now, System::nanoTime, stores, site, directories, clock),
            new LostBuilds(database));
    if (database.isShared()) {
      Duration heartbeat = Durations.parse(settings.heartbeatInterval());
      leases.start(heartbeat);
    }
    housekeeper.start(Durations.parse(settings.pollInterval()));
  }

  /** The builds of which a run is here. */
  private static Set<Long> busy(BuildRunner runner, RecordWriter writer) {
    Set<Long> busy = new TreeSet<>(writer.builds());
    runner.builds().forEach(build -> busy.add(build.id()));
    return busy;
  }

  BuildSite site() {
    return site;
  }

  BuildRunner runner() {
    return runner;
  }

  Worker worker() {
    return worker;
  }

  /** Stops as configured: waits for running builds, or cancels them. */
  @Override
  public void close() {
    housekeeper.close();
    worker.close();
    leases.close();
  }
}
