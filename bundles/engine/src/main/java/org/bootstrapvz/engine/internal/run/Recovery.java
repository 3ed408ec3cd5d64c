/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.bootstrapvz.api.task.Artefact;

/**
 * Releases resources of builds whose process has died, or that could not release them, and reports
 * the artefacts that these builds delivered. Safe for use by several threads.
 *
 * <p>It must not delay or fail the build that starts it, so it runs in its own threads. The build
 * waits, for a limited time, until the resources that need no network are released. Those that need
 * one are released while the build runs; each attempt is interrupted after a limited time. A
 * resource that could not be released is reported once and stays in its journal; the next recovery
 * retries it. In an appliance, {@link RecoveryRetries} starts the next one.
 */
final class Recovery {
  private final Journals journals;
  private final Releaser releaser;
  private final ExecutorService threads;
  private final Duration localLimit;
  private final Duration networkLimit;

  /**
   * @param localLimit how long to wait for the resources that need no network
   * @param networkLimit how long one attempt to release a resource over the network may take
   */
  Recovery(
      Journals journals,
      Releaser releaser,
      ExecutorService threads,
      Duration localLimit,
      Duration networkLimit) {
    this.journals = journals;
    this.releaser = releaser;
    this.threads = threads;
    this.localLimit = localLimit;
    this.networkLimit = networkLimit;
  }

  /**
   * Goes through all journals that no running build uses. Returns when the resources that need no
   * network have been tried, or after the time limit.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  void recover(RecoveryReport report) throws InterruptedException {
    recover(report, left -> {});
  }

  /**
   * Does the same.
   *
   * @param ended called when all has been tried, in another thread; receives whether resources are
   *     left that could not be released
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  void recover(RecoveryReport report, Consumer<Boolean> ended) throws InterruptedException {
    Pass pass = start(report, ended);
    if (!pass.localDone.await(localLimit.toNanos(), TimeUnit.NANOSECONDS)) {
      report.warn(
          "Releasing the resources of an interrupted build takes longer than "
              + localLimit.toSeconds()
              + " s"
              + pass.current.map(what -> " (" + what + ")").orElse("")
              + "; it continues in the background");
    }
  }

  /** Goes through all journals without waiting for anything. */
  Pass start(RecoveryReport report, Consumer<Boolean> ended) {
    Pass pass = new Pass(report, ended);
    try {
      threads.execute(pass);
    } catch (RejectedExecutionException e) {
      report.log("The engine is stopping; left-over resources are not released now");
      pass.localDone.countDown();
    }
    return pass;
  }

  /** One pass through all journals. Used by one thread, except for the marked fields. */
  final class Pass implements Runnable {
    private final RecoveryReport report;
    private final Consumer<Boolean> ended;
    private final CountDownLatch localDone = new CountDownLatch(1);
    private volatile Optional<String> current = Optional.empty();

    /** Whether a resource could not be released. */
    private boolean left;

    /** Resource types that did not answer in time; not tried again in this pass. */
    private final Set<String> unreachable = new HashSet<>();

    /** Secrets that resource types declare, here or in the thread of an attempt. */
    private final Masking masking = new Masking(List.of());

    private final Releaser.Output output = new Releaser.Output(this::log, masking::add);

    private Pass(RecoveryReport report, Consumer<Boolean> ended) {
      this.report = report;
      this.ended = ended;
    }

    private boolean warn(String message) {
      return report.warn(masking.apply(message));
    }

    private void log(String text) {
      report.log(masking.apply(text));
    }

    @Override
    public void run() {
      List<Path> remaining = new ArrayList<>();
      try {
        for (Path file : journals.files()) {
          if (work(file, false)) {
            remaining.add(file);
          }
        }
      } catch (IOException e) {
        warn("The journals cannot be listed: " + Explanation.of(e));
      } finally {
        localDone.countDown();
      }
      for (Path file : remaining) {
        work(file, true);
      }
      ended.accept(left);
    }

    /** Returns whether resources that need a network are left. */
    private boolean work(Path file, boolean network) {
      Optional<Journal> claimed;
      try {
        claimed = journals.claim(file);
      } catch (IOException e) {
        warn("The journal " + file + " cannot be read: " + Explanation.of(e));
        return false;
      }
      if (claimed.isEmpty()) {
        return false;
      }
      try (Journal journal = claimed.get()) {
        reportResults(journal);
        release(journal, network);
        return journal.held().values().stream().anyMatch(this::needsNetwork);
      } catch (IOException e) {
        warn("The journal " + file + " cannot be written: " + Explanation.of(e));
        return false;
      }
    }

    private boolean needsNetwork(JournalEntry entry) {
      return releaser.needsNetwork(entry.spec().type());
    }

    /** A build that died after it delivered could not report that itself. */
    private void reportResults(Journal journal) throws IOException {
      if (journal.hasEnded()) {
        return;
      }
      List<String> results = new ArrayList<>();
      journal.delivered().forEach(path -> results.add(path.toString()));
      for (Artefact.Remote artefact : journal.kept()) {
        results.add(
            artefact.description()
                + (artefact.link().isEmpty() ? "" : " (" + artefact.link() + ")"));
      }
      if (!results.isEmpty()
          && warn(
              "Build "
                  + journal.id()
                  + " was interrupted after it delivered "
                  + String.join(", ", results))) {
        journal.ended();
      }
    }

    private void release(Journal journal, boolean network) throws IOException {
      List<String> released = new ArrayList<>();
      List<JournalEntry> failed = new ArrayList<>();
      List<String> problems = new ArrayList<>();
      for (JournalEntry entry : journal.heldInReverse()) {
        if (needsNetwork(entry) != network) {
          continue;
        }
        current = Optional.of(entry.spec().description());
        Optional<String> problem =
            network
                ? overNetwork(journal, entry)
                : releaser.release(entry, journal.delivered(), Optional.empty(), output);
        current = Optional.empty();
        if (problem.isEmpty()) {
          journal.released(entry.number());
          released.add(entry.spec().description());
          continue;
        }
        left = true;
        if (journal.isReported(entry)) {
          log(entry.spec().description() + " still not released: " + problem.get());
        } else {
          failed.add(entry);
          problems.add(entry.spec().description() + ": " + problem.get());
        }
      }
      if (!released.isEmpty()) {
        warn("Build " + journal.id() + " left resources behind; released " + joined(released));
      }
      if (!problems.isEmpty()
          && warn(
              "Build "
                  + journal.id()
                  + " left resources behind that could not be released and are retried with the"
                  + " next build at the latest: "
                  + joined(problems))) {
        for (JournalEntry entry : failed) {
          journal.reported(entry);
        }
      }
    }

    private Optional<String> overNetwork(Journal journal, JournalEntry entry) throws IOException {
      String type = entry.spec().type();
      if (unreachable.contains(type)) {
        return Optional.of("not tried, because another " + type + " could not be released in time");
      }
      Set<Path> delivered = Set.copyOf(journal.delivered());
      Future<Optional<String>> attempt =
          threads.submit(() -> releaser.attempt(entry, delivered, Optional.empty(), output));
      try {
        return attempt.get(networkLimit.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        attempt.cancel(true);
        unreachable.add(type);
        return Optional.of("no answer within " + networkLimit.toSeconds() + " s");
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        attempt.cancel(true);
        throw new IOException("recovery was stopped", e);
      }
    }
  }

  private static String joined(List<String> texts) {
    return String.join(", ", texts);
  }
}
