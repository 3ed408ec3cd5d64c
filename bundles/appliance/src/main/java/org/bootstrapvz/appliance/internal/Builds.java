/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.task.Phase;

/**
 * The queue of builds and their history. A service; safe for use by several threads. Several
 * appliances may share one, so a build may run elsewhere.
 *
 * <p>Every method throws a {@link BuildsException} of the reason {@link
 * BuildsException.Reason#UNAVAILABLE} while the database cannot be reached.
 */
public interface Builds {
  /** The lowest priority. */
  int LOWEST_PRIORITY = -100;

  /** The highest priority. */
  int HIGHEST_PRIORITY = 100;

  /** The most builds that one page lists. */
  int LONGEST_PAGE = 10_000;

  /**
   * Takes a manifest into the queue. When this returns, the build survives the death of the process
   * and of the machine. A manifest with errors is written down as rejected.
   *
   * @throws BuildsException of the reason {@code INVALID} if the name or the priority is
   */
  Summary submit(Submission submission);

  /** The builds, newest first. */
  Page list(Query query);

  /** All that is known of a build, but for manifest, events and log. */
  Optional<Details> find(long id);

  /** The manifest as it was submitted; it may hold secrets. */
  Optional<String> manifest(long id);

  /**
   * Events of a build in their order; none if there is no such build.
   *
   * @param after the number of the last event already known; 0 for none
   * @param limit the most to return
   */
  List<Event> events(long id, long after, int limit);

  /**
   * A part of a build's log; empty if there is no such build or no more text yet.
   *
   * @param offset where it begins, in characters as {@link String#length} counts them
   * @param limit the most characters to return; a pair of surrogates is not cut
   */
  LogText log(long id, long offset, int limit);

  /**
   * Tells when a build has news: events, log, or another state. Who follows reads with {@link
   * #find}, {@link #events} and {@link #log} at a pace of its own, so that one that stops reading
   * neither slows the build nor holds memory. News that come in quick succession are told once.
   *
   * @param news is called at once, so that nothing is missed between reading and following, then
   *     after each news, by a thread of the appliance; must not block
   */
  Following follow(long id, Runnable news);

  /**
   * Cancels a build. A queued one is cancelled when this returns; a running one gives back first
   * what it holds.
   *
   * @throws BuildsException {@code UNKNOWN} if there is no such build, {@code CONFLICT} if it has
   *     ended
   */
  void cancel(long id);

  /**
   * Submits the manifest of a build that has ended once more, as a new build that names the old.
   *
   * @param submitter who asks for it
   * @throws BuildsException {@code UNKNOWN} if there is no such build, {@code CONFLICT} if it has
   *     not ended
   */
  Summary retry(long id, String submitter);

  /**
   * Changes the priority of a queued build.
   *
   * @throws BuildsException {@code UNKNOWN} if there is no such build, {@code CONFLICT} if it is
   *     not queued, {@code INVALID} if the priority is
   */
  void prioritise(long id, int priority);

  /** How many builds are in each state; every state has an entry. */
  Map<State, Long> counts();

  /** How much time the builds of this appliance spent in each phase since it was started. */
  Map<Phase, PhaseTime> phaseTimes();

  /** How this appliance is. Asks nothing that takes time, and does not throw. */
  Status status();

  /** States of a build. */
  enum State {
    /** Waits for its turn. */
    QUEUED,
    /** Is being built. */
    RUNNING,
    /** All tasks ran. */
    SUCCEEDED,
    /** A task failed, or the host lacks something. */
    FAILED,
    /** The manifest has errors; no task ran. */
    REJECTED,
    /** Somebody cancelled it. */
    CANCELLED,
    /** The appliance died while it was running. */
    INTERRUPTED;

    /** The states of a build that has ended. */
    public static final Set<State> ENDED =
        Set.copyOf(EnumSet.complementOf(EnumSet.of(QUEUED, RUNNING)));

    /** Whether the build has ended. */
    public boolean ended() {
      return ENDED.contains(this);
    }
  }

  /** States of a task. */
  enum TaskState {
    /** Has not run yet. */
    WAITING,
    /** Is running. */
    RUNNING,
    /** Has run. */
    DONE,
    /** Failed. */
    FAILED,
    /** Was running when the build was cancelled or interrupted. */
    STOPPED,
    /** Will not run: the build ended before. */
    SKIPPED
  }

  /**
   * What is asked for.
   *
   * @param name what people call it, mostly the name of the manifest's file; one line
   * @param manifest the manifest's text
   * @param priority the higher, the sooner; 0 is usual
   * @param submitter who asks for it
   */
  record Submission(String name, String manifest, int priority, String submitter) {}

  /**
   * A build in a list.
   *
   * @param id its number, in order of submission
   * @param name what people call it
   * @param submitter who asked for it
   * @param priority the higher, the sooner
   * @param state where it stands
   * @param provider the provider that the manifest names; empty if it cannot be read
   * @param plugins the plugins that the manifest names
   * @param submitted when it was asked for
   * @param started when it began; empty if it has not
   * @param finished when it ended; empty if it has not
   * @param appliance the appliance that builds or built it; empty before
   * @param attempt counted from 1; greater if it was queued again after an interruption
   * @param retryOf the build that this one repeats
   * @param progress from 0 to 1
   * @param task name of the running task; empty if none is
   * @param error why it failed or was stopped, or what a queued build waits for; empty if nothing
   * @param artefactBytes the size of all its artefacts
   */
  record Summary(
      long id,
      String name,
      String submitter,
      int priority,
      State state,
      String provider,
      List<String> plugins,
      Instant submitted,
      Optional<Instant> started,
      Optional<Instant> finished,
      String appliance,
      int attempt,
      OptionalLong retryOf,
      double progress,
      String task,
      String error,
      long artefactBytes) {}

  /**
   * A build with all about it.
   *
   * @param summary what the list shows
   * @param problems what is wrong with the manifest; may hold warnings only
   * @param tasks the task list, with what became of each task
   * @param plan the plan as a JSON object: {@code provider}, {@code plugins}, {@code tasks} with
   *     {@code id}, {@code name}, {@code phase}, {@code description}, {@code bundle}, {@code
   *     version} and {@code requestedBy}, {@code relations} with {@code before}, {@code after} and
   *     {@code reason}, {@code hostCommands}; empty if there is none yet
   * @param artefacts what it delivered
   * @param bundles the bundle generations its tasks came from
   * @param phases how long each phase took
   * @param notReleased what could not be given back, with the reason
   */
  record Details(
      Summary summary,
      List<Finding> problems,
      List<TaskRun> tasks,
      Optional<String> plan,
      List<StoredArtefact> artefacts,
      List<UsedBundle> bundles,
      Map<Phase, Duration> phases,
      List<String> notReleased) {}

  /**
   * Something wrong with a submitted manifest.
   *
   * @param severity an error prevents a build, a warning does not
   * @param line counted from 1; 0 for the manifest as a whole
   * @param column counted from 1; 0 for the line as a whole
   * @param path the place in the manifest; may be empty
   * @param message what is wrong
   * @param remedy what would be right; may be empty
   */
  record Finding(
      Problem.Severity severity, int line, int column, String path, String message, String remedy) {
    /** A problem, without the file in which the appliance keeps the manifest. */
    public static Finding of(Problem problem) {
      return new Finding(
          problem.severity(),
          problem.location().line(),
          problem.location().column(),
          problem.path(),
          problem.message(),
          problem.remedy());
    }
  }

  /**
   * A task of a build.
   *
   * @param id its class name
   * @param name its name for people
   * @param phase the phase it runs in
   * @param description what it does
   * @param state what became of it
   * @param duration how long it took; empty if it has not run to its end
   */
  record TaskRun(
      String id,
      String name,
      Phase phase,
      String description,
      TaskState state,
      Optional<Duration> duration) {}

  /**
   * An artefact.
   *
   * @param name its file name
   * @param path where it lies on the machine of the build's appliance
   * @param size in bytes
   * @param sizeOnDisk bytes it takes on the disk
   * @param sha256 64 hexadecimal digits
   */
  record StoredArtefact(String name, Path path, long size, long sizeOnDisk, String sha256) {}

  /**
   * A bundle whose tasks a build ran.
   *
   * @param name its symbolic name
   * @param version its version
   */
  record UsedBundle(String name, String version) {}

  /**
   * Something that happened in a build.
   *
   * @param sequence counted from 1 within the build, without gaps but for what could not be kept
   * @param time when
   * @param type {@code submitted}, {@code started}, {@code planned}, {@code installing}, {@code
   *     phase-started}, {@code phase-finished}, {@code task-started}, {@code task-progress}, {@code
   *     task-finished}, {@code warning}, {@code failing}, {@code released}, {@code delivered},
   *     {@code finished}
   * @param data a JSON object
   */
  record Event(long sequence, Instant time, String type, String data) {}

  /**
   * A part of a log.
   *
   * @param text the part
   * @param offset where it begins; later than asked for if what was asked for is gone
   * @param next where the next part begins
   */
  record LogText(String text, long offset, long next) {}

  /**
   * Which builds to list.
   *
   * @param states only those in one of these states; empty for all
   * @param before only those with a smaller number
   * @param limit the most to list, at most {@link #LONGEST_PAGE}
   */
  record Query(Set<State> states, OptionalLong before, int limit) {
    /** The newest builds. */
    public static Query newest(int limit) {
      return new Query(Set.of(), OptionalLong.empty(), limit);
    }
  }

  /**
   * A page of builds.
   *
   * @param builds newest first
   * @param next what to ask for as {@link Query#before} to get the next page; empty if this is the
   *     last
   */
  record Page(List<Summary> builds, OptionalLong next) {}

  /**
   * Time spent in a phase.
   *
   * @param builds how many builds went through it
   * @param total how long they took together
   */
  record PhaseTime(long builds, Duration total) {}

  /**
   * How an appliance is.
   *
   * @param appliance its name
   * @param concurrency how many builds it runs at once
   * @param running how many it runs
   * @param trouble why the queue does not work, for people; empty if it does
   * @param folder where it builds and keeps artefacts
   * @param freeBytes free space there
   */
  record Status(
      String appliance,
      int concurrency,
      int running,
      Optional<String> trouble,
      Path folder,
      long freeBytes) {}

  /** The interest of somebody in a build. */
  interface Following extends AutoCloseable {
    /** Ends it; the follower may be called once more by a call that is under way. */
    @Override
    void close();
  }
}
