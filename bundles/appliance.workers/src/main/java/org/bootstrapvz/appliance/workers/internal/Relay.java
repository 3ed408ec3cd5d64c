/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildListener;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.BuildResult.Status;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.document.EventDocument;

/**
 * Passes the events of a worker process to the listener of its build, and remembers what is needed
 * to describe the build if the process ends without a result. Safe for use by several threads.
 */
final class Relay {
  /** Larger than any event: a plan with all tasks has about 100 kB. */
  private static final int LONGEST_EVENT = 16 << 20;

  private static final int LONGEST_LINE = 1000;
  private static final int LAST_LINES = 20;

  private final Manifest manifest;
  private final BuildListener listener;
  private final Optional<Path> workspace;
  private final List<Artefact> artefacts = new ArrayList<>();
  private final Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
  private final Deque<String> lastLines = new ArrayDeque<>();
  private Optional<PlannedTask> task = Optional.empty();
  private Optional<String> offence = Optional.empty();
  private Optional<BuildResult> result = Optional.empty();
  private boolean ended;

  /** Held while the listener is called, which happens in two threads. */
  private final Object turn = new Object();

  /** Passes on the events of a process that may deliver any file of this machine. */
  Relay(Manifest manifest, BuildListener listener) {
    this(manifest, listener, Optional.empty());
  }

  /**
   * @param workspace the only directory in which the process may deliver files; empty if it may
   *     deliver any
   */
  Relay(Manifest manifest, BuildListener listener, Optional<Path> workspace) {
    this.manifest = manifest;
    this.listener = listener;
    this.workspace = workspace;
  }

  /** Reads events until they end, or one of them is invalid. */
  void events(InputStream stream) {
    try (stream) {
      BoundedLines lines = new BoundedLines(stream, LONGEST_EVENT);
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        accept(line.get());
      }
    } catch (IOException | IllegalArgumentException e) {
      offend(String.valueOf(e.getMessage()));
    } finally {
      end();
    }
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /**
   * Waits until the result has come, or the events have ended. Returns whether the process can be
   * expected to end by itself: false if nothing came by then, or if it wrote an invalid event.
   *
   * @param deadline as {@link System#nanoTime}, or {@link Long#MAX_VALUE}
   */
  synchronized boolean awaitTheLastEvent(long deadline) throws InterruptedException {
    while (!ended && result.isEmpty()) {
      long left = deadline == Long.MAX_VALUE ? Long.MAX_VALUE : deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return offence.isEmpty();
  }

  private void accept(String line) {
    if (!line.startsWith("{")) {
      remember(line); // The Java runtime prints its last words there.
      return;
    }
    BuildEvent event = EventDocument.parse(line, manifest);
    if (event instanceof BuildEvent.Finished finished) {
      finished.result().artefacts().forEach(this::check);
      finish(finished.result());
      return;
    }
    if (event instanceof BuildEvent.Delivered delivered) {
      check(delivered.artefact());
    }
    note(event);
    pass(event);
  }

  /** An isolated process could otherwise make the appliance publish a file of the host. */
  private void check(Artefact artefact) {
    if (workspace.isPresent()
        && artefact instanceof Artefact.Local local
        && !(local.path().equals(local.path().normalize())
            && workspace.get().equals(local.path().getParent()))) {
      throw new IllegalArgumentException(
          "The artefact " + local.path() + " is not in the workspace " + workspace.get());
    }
  }

  private synchronized void note(BuildEvent event) {
    if (event instanceof BuildEvent.TaskStarted started) {
      task = Optional.of(started.task());
    } else if (event instanceof BuildEvent.Delivered delivered) {
      artefacts.add(delivered.artefact());
    } else if (event instanceof BuildEvent.PhaseFinished finished) {
      phases.put(finished.phase(), finished.duration());
    }
  }

  private synchronized void finish(BuildResult result) {
    this.result = Optional.of(result);
    notifyAll();
  }

  private synchronized void offend(String what) {
    if (result.isEmpty()) {
      offence = Optional.of(what);
    }
  }

  private void pass(BuildEvent event) {
    synchronized (turn) {
      try {
        listener.on(event);
      } catch (RuntimeException e) {
        // As in the engine: what a listener throws is ignored.
      }
    }
  }

  /** Adds a line to the log of the build. */
  void log(String line) {
    pass(new BuildEvent.Log(masked(line)));
  }

  /** Reads what code of plugins and the Java runtime print. The last lines explain its end. */
  void output(InputStream stream) {
    try (stream) {
      BoundedLines lines = new BoundedLines(stream, LONGEST_LINE).cutting();
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        String shown = masked(line.get());
        if (lines.wasCut()) {
          // Its end may be the beginning of a secret.
          shown = shown.substring(0, Math.max(0, shown.length() - longestSecret()));
        }
        remember(shown);
        pass(new BuildEvent.Log(shown));
      }
    } catch (IOException e) {
      remember("(" + e.getMessage() + ")");
    }
  }

  private synchronized void remember(String line) {
    if (lastLines.size() == LAST_LINES) {
      lastLines.removeFirst();
    }
    String shown = masked(line);
    lastLines.addLast(shown.substring(0, Math.min(shown.length(), LONGEST_LINE)));
  }

  private int longestSecret() {
    return manifest.secrets().stream().mapToInt(each -> each.reveal().length()).max().orElse(0);
  }

  private String masked(String line) {
    return Secret.masked(line, manifest.secrets());
  }

  synchronized Optional<BuildResult> result() {
    return result;
  }

  /** The task that was running when the events ended. */
  synchronized Optional<PlannedTask> task() {
    return task;
  }

  /** Why the events could not be read any more. */
  synchronized Optional<String> offence() {
    return offence;
  }

  /** The last lines that were not events, secrets masked. */
  synchronized List<String> lastLines() {
    return List.copyOf(lastLines);
  }

  /** The result of a build whose process ended without one. */
  synchronized BuildResult resultWithout(
      Status status, String error, List<Problem> problems, Duration duration) {
    return new BuildResult(
        status,
        List.copyOf(artefacts),
        problems,
        task.map(PlannedTask::id),
        Optional.of(error),
        List.of(),
        Collections.unmodifiableMap(new EnumMap<>(phases)),
        duration);
  }
}
