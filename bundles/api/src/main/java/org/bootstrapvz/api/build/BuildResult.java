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
 * The result of a build.
 *
 * @param status the outcome
 * @param artefacts the delivered artefacts, also if the build failed later
 * @param problems problems of the manifest and the plan
 * @param failedTask id of the task that failed or was cancelled
 * @param error why the build failed or was cancelled, for people; empty if it succeeded
 * @param notReleased descriptions of resources that could not be released, with the reason
 * @param phases the duration of each phase, in order
 * @param duration the duration of the whole build
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
    /** A task failed, or something is missing on the host. */
    FAILED,
    /** The build was cancelled. */
    CANCELLED
  }
}
