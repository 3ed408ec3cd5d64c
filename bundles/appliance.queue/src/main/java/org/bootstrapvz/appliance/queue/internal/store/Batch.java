/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.events.RecordedEvent;

/**
 * Changes of a running build, stored in one transaction. Storing it twice has the same effect as
 * once.
 *
 * @param id the build
 * @param fence the fencing number of the run
 * @param events in their order
 * @param logOffset where {@code log} starts
 * @param log new text of the log
 * @param progress from 0 to 1
 * @param task name of the running task; empty if none is
 * @param tasks how far each task is, in the order of the plan
 * @param plan the plan as JSON, if it is new
 * @param artefacts new artefacts
 * @param end how it ended, if it did
 */
public record Batch(
    long id,
    long fence,
    List<RecordedEvent> events,
    long logOffset,
    String log,
    double progress,
    String task,
    List<TaskProgress> tasks,
    Optional<String> plan,
    List<Artefact> artefacts,
    Optional<End> end) {
  /** Where the log ends with this. */
  public long logEnd() {
    return logOffset + log.length();
  }

  /**
   * How a build ended.
   *
   * @param state one of the states of a build that has ended
   * @param error why it failed; empty if it did not
   * @param problems the problems of its manifest as JSON
   * @param phases milliseconds by phase as JSON
   * @param notReleased what could not be released, as JSON
   */
  public record End(
      BuildState state, String error, String problems, String phases, String notReleased) {}
}
