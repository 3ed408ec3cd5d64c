/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.appliance.api.operations.Durations;
import org.bootstrapvz.appliance.queue.internal.store.HistoryStore;
import org.bootstrapvz.appliance.queue.internal.store.Stores;

/**
 * Removes old builds of this appliance, and of those that do not exist any more, from the history,
 * with their artefacts. A clock that jumps removes nothing: see {@link PassedTime}.
 */
final class Retention {
  /** Of a span without a record, this part of the time that builds are kept counts. */
  private static final int LIMIT_DIVISOR = 10;

  private static final Duration MAX_MARK_INTERVAL = Duration.ofHours(2);

  /** How long a jump of the clock is reported. */
  private static final Duration WARNING_TIME = Duration.ofDays(1);

  private final QueueSettings settings;
  private final Supplier<Instant> clock;
  private final HistoryStore history;
  private final GoneAppliances gone;
  private final BuildSite site;
  private final BuildDirectories directories;
  private final ClockCheck check;

  /**
   * @param clock time of the database
   * @param nanoTime monotonic time
   */
  Retention(
      QueueSettings settings,
      Supplier<Instant> clock,
      LongSupplier nanoTime,
      Stores stores,
      BuildSite site,
      BuildDirectories directories,
      ClockCheck check) {
    this.settings = settings;
    this.clock = clock;
    this.history = stores.history();
    this.gone = new GoneAppliances(stores.appliances(), nanoTime);
    this.site = site;
    this.directories = directories;
    this.check = check;
  }

  /** Removes builds beyond the configured number, age and size. */
  void apply() {
    Instant now = clock.get();
    Duration keepFor = Durations.parse(settings.keepFor());
    Duration limit =
        (keepFor.isZero() ? GoneAppliances.GONE_AFTER : keepFor).dividedBy(LIMIT_DIVISOR);
    List<Instant> recorded = new ArrayList<>(history.marks());
    history.ended(List.of(site.instance())).forEach(build -> recorded.add(build.finished()));
    PassedTime passed = new PassedTime(recorded, now, limit);
    warn(passed, recorded, now);
    mark(recorded, now, limit);

    List<String> instances = new ArrayList<>(List.of(site.instance()));
    instances.addAll(
        gone.find(
            new PassedTime(recorded, now, GoneAppliances.GONE_AFTER.dividedBy(LIMIT_DIVISOR))));
    long keepBytes = Bytes.parse(settings.keepSize()).count();
    long maxBytes = keepBytes == 0 ? Long.MAX_VALUE : keepBytes;
    long maxBuilds = settings.keepBuilds() == 0 ? Long.MAX_VALUE : settings.keepBuilds();
    long count = 0;
    long bytes = 0;
    for (HistoryStore.Old build : history.ended(instances)) {
      count++;
      // The artefacts of other appliances are on other disks.
      boolean here = build.instance().equals(site.instance());
      bytes += here ? build.bytes() : 0;
      boolean tooLarge = here && bytes > maxBytes && count > 1;
      boolean tooOld = !keepFor.isZero() && passed.since(build.finished()).compareTo(keepFor) > 0;
      if (count > maxBuilds || tooOld || tooLarge) {
        forget(build);
      }
    }
  }

  private void warn(PassedTime passed, List<Instant> recorded, Instant now) {
    String warning =
        passed
            .lastGap()
            .filter(gap -> passed.since(gap.to()).compareTo(WARNING_TIME) < 0)
            .map(
                gap ->
                    "Nothing is recorded from "
                        + gap.from().truncatedTo(ChronoUnit.SECONDS)
                        + " to "
                        + gap.to().truncatedTo(ChronoUnit.SECONDS)
                        + ": the appliance was off, or its clock has jumped. Retention counts only "
                        + hours(gap.counted())
                        + " of this time. Check the clock")
            .orElse("");
    if (warning.isEmpty()) {
      warning =
          recorded.stream()
              .max(Instant::compareTo)
              .filter(newest -> newest.isAfter(now.plus(WARNING_TIME)))
              .map(
                  newest ->
                      "The newest record is of "
                          + newest.truncatedTo(ChronoUnit.SECONDS)
                          + ", but the clock says "
                          + now.truncatedTo(ChronoUnit.HOURS)
                          + ". Check the clock")
              .orElse("");
    }
    check.warn(warning);
  }

  private static String hours(Duration duration) {
    long hours = duration.toHours();
    return hours >= 48 ? hours / 24 + " days" : hours + " hours";
  }

  /** While the appliance runs, time passes also without a build. */
  private void mark(List<Instant> recorded, Instant now, Duration limit) {
    Duration half = limit.dividedBy(2);
    Duration interval = half.compareTo(MAX_MARK_INTERVAL) < 0 ? half : MAX_MARK_INTERVAL;
    boolean due =
        recorded.stream()
            .noneMatch(time -> !time.isAfter(now) && time.isAfter(now.minus(interval)));
    if (due) {
      history.mark(now);
    }
  }

  private void forget(HistoryStore.Old build) {
    // Files first: a build that is still in the history can be removed later.
    if (directories.delete(build.id())) {
      history.forget(build.id());
    }
  }
}
