/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.build;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;

/**
 * How a build ended.
 *
 * @param status the outcome
 * @param artefacts what was delivered; after a failure what had been delivered before it
 * @param problems problems of the manifest and the plan
 * @param failedTask id of the task that failed or was cancelled
 * @param error what went wrong, for people; empty if nothing did
 * @param notReleased descriptions of resources that could not be given back, with the reason
 * @param phases how long each phase took, in order
 * @param duration how long all of it took
 */
public record BuildResult(
    Status status,
    List<Artefact> artefacts,
    List<Problem> problems,
    Optional<String> failedTask,
    Optional<String> error,
    List<String> notReleased,
    Map<Phase, Duration> phases,
    Duration duration) {
  /** The outcomes of a build. */
  public enum Status {
    /** All tasks ran. */
    SUCCEEDED,
    /** The manifest has errors; no task ran. */
    REJECTED,
    /** A task failed, or the host lacks something. */
    FAILED,
    /** The build was cancelled. */
    CANCELLED
  }
}
