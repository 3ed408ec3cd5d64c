/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildListener;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.file.PrivateDirectory;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.history.Finding;
import org.bootstrapvz.appliance.queue.internal.store.Batch;
import org.bootstrapvz.appliance.queue.internal.store.Json;
import org.bootstrapvz.appliance.queue.internal.store.LogPart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs builds, if the disk has space for them. Safe for use by several threads. */
final class BuildRunner {
  private static final Logger LOG = LoggerFactory.getLogger(BuildRunner.class);

  /** Maximum number of characters of the error of a build. */
  private static final int MAX_ERROR = 64 << 10;

  private static final String STOPPED = "The appliance was stopped";

  private final BuildSite site;
  private final boolean installMissing;
  private final DiskGuard disk;
  private final Builder builder;
  private final Optional<Duration> lease;

  private final Map<Long, RunningBuild> running = new ConcurrentHashMap<>();

  /** Held to add and remove running builds; notified when one has ended. */
  private final Object change = new Object();

  private volatile boolean stopping;

  /**
   * @param lease how long a build runs without a proof that this appliance still has it; empty if
   *     no other appliance could take it
   */
  BuildRunner(
      BuildSite site,
      boolean installMissing,
      DiskGuard disk,
      Builder builder,
      Optional<Duration> lease) {
    this.site = site;
    this.installMissing = installMissing;
    this.disk = disk;
    this.builder = builder;
    this.lease = lease;
  }

  int running() {
    return running.size();
  }

  boolean isRunning(long id) {
    return running.containsKey(id);
  }

  boolean isStopping() {
    return stopping;
  }

  /**
   * Cancels a build if it is running here; returns whether it was, and had not ended.
   *
   * @param by who cancels it
   */
  boolean cancel(long id, String by) {
    RunningBuild build = running.get(id);
    return build != null && build.cancel(by);
  }

  /** Cancels the builds of which it is not certain any more that this appliance has them. */
  void cancelUnproven() {
    lease.ifPresent(
        time ->
            running.values().stream()
                .filter(build -> build.isUnproven(time.toNanos()))
                .forEach(
                    build ->
                        lose(
                            build,
                            "The appliance could not reach the database for "
                                + time.toMillis()
                                + " ms, and another may have taken the build")));
  }

  /** Cancels a build that this appliance may have lost. */
  void lose(RunningBuild build, String reason) {
    if (build.lose(reason)) {
      LOG.warn("Build {} is cancelled: {}", build.id(), reason);
    }
  }

  /** The builds that are running. */
  List<RunningBuild> builds() {
    return List.copyOf(running.values());
  }

  /**
   * Runs a build and returns how it ended.
   *
   * @param fence the fencing number of this run
   * @param takenAt {@link System#nanoTime} before it was taken from the queue
   * @param cancelled receives who cancels it, before it ends; must not block
   */
  Batch.End run(
      long id,
      long fence,
      long takenAt,
      String manifest,
      BuildListener listener,
      Consumer<String> cancelled)
      throws IOException {
    Path directory = site.directory(id, fence);
    // Mode 0700: an image that is a directory contains programs that run as root for whoever
    // reaches them.
    PrivateDirectory.create(directory);
    Path file = site.scratch().resolve(id + ".yml");
    try {
      writePrivately(file, manifest);
      RunningBuild build =
          new RunningBuild(
              id,
              fence,
              takenAt,
              disk.requiredBytes(file),
              cancelled,
              () ->
                  disk.build(
                      builder,
                      new BuildRequest(
                          ManifestSource.selfContained(file),
                          false,
                          installMissing,
                          Optional.of(directory)),
                      event -> {
                        if (event instanceof BuildEvent.TaskStarted) {
                          // If this process was suspended, it has not noticed anything yet.
                          cancelUnproven();
                        }
                        listener.on(event);
                      }));
      return run(id, build);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Batch.End run(long id, RunningBuild build) {
    synchronized (change) {
      long reserved = running.values().stream().mapToLong(RunningBuild::neededBytes).sum();
      Optional<String> tooFull = disk.lackOfSpace(build.neededBytes(), reserved);
      if (tooFull.isPresent()) {
        return failed(tooFull.get());
      }
      running.put(id, build);
    }
    try {
      return end(build.run(), build);
    } finally {
      synchronized (change) {
        running.remove(id);
        change.notifyAll();
      }
    }
  }

  /** The manifest may contain passwords. */
  private static void writePrivately(Path file, String manifest) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, manifest, StandardOpenOption.WRITE);
  }

  private Batch.End end(BuildResult result, RunningBuild build) {
    Optional<String> lost = build.lost();
    BuildState state =
        switch (result.status()) {
          case SUCCEEDED -> BuildState.SUCCEEDED;
          // It was accepted: what is wrong now, such as a plugin with a bug, is not its fault.
          case REJECTED -> build.isCancelled() ? cancelledState(lost) : BuildState.FAILED;
          case FAILED -> BuildState.FAILED;
          case CANCELLED -> cancelledState(lost);
        };
    String error =
        switch (state) {
          case INTERRUPTED -> lost.orElse(STOPPED);
          case CANCELLED ->
              result.error().orElse(build.isCancelled() ? "Cancelled" : "")
                  + build.cancelledBy().map(by -> ", by " + by).orElse("");
          default -> result.error().orElseGet(() -> planningFailure(result.problems()));
        };
    Map<String, Long> phases = new TreeMap<>();
    result.phases().forEach((phase, duration) -> phases.put(phase.name(), duration.toMillis()));
    return new Batch.End(
        state,
        stored(error),
        Json.write(result.problems().stream().map(Finding::of).toList()),
        Json.write(phases),
        Json.write(result.notReleased()));
  }

  private BuildState cancelledState(Optional<String> lost) {
    return stopping || lost.isPresent() ? BuildState.INTERRUPTED : BuildState.CANCELLED;
  }

  /** Why a manifest that was valid when it was submitted cannot be planned; empty if it can. */
  private static String planningFailure(List<Problem> problems) {
    List<Problem> errors =
        problems.stream().filter(each -> each.severity() == Problem.Severity.ERROR).toList();
    if (errors.isEmpty()) {
      return "";
    }
    Problem first = errors.get(0);
    return "The manifest was valid when it was submitted, but cannot be planned now: "
        + first.message()
        + (first.remedy().isEmpty() ? "" : ". " + first.remedy())
        + (errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more errors)");
  }

  /** The end of a build that failed outside of the engine. */
  static Batch.End failed(String error) {
    return new Batch.End(BuildState.FAILED, stored(error), "[]", "{}", "[]");
  }

  /** PostgreSQL cannot store NUL, and every list of builds has the error. */
  private static String stored(String text) {
    String storable = text.replace('\0', '\uFFFD');
    int end = LogPart.end(storable, 0, MAX_ERROR);
    return end == storable.length()
        ? storable
        : storable.substring(0, end) + "\u2026 [" + (storable.length() - end) + " characters cut]";
  }

  /** Releases what builds left behind when this appliance died. */
  void recover() {
    builder.recover(message -> LOG.warn("{}", message));
  }

  /** From now on a build that is cancelled counts as interrupted. */
  void stop() {
    stopping = true;
  }

  /** Waits for the running builds, then cancels those that are still running. */
  void finish(Duration timeout) {
    try {
      synchronized (change) {
        long start = System.nanoTime();
        long left = timeout.toNanos();
        while (!running.isEmpty() && left > 0) {
          TimeUnit.NANOSECONDS.timedWait(change, left);
          left = timeout.toNanos() - (System.nanoTime() - start);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List.copyOf(running.values()).forEach(RunningBuild::cancel);
  }
}
