/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.plan;

import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.problem.Problem;

/**
 * The outcome of planning: a plan, or the errors that prevent it, and warnings.
 *
 * @param plan empty if and only if there is an error among the problems
 * @param problems all problems, in the order of the file
 */
public record Planning(Optional<Plan> plan, List<Problem> problems) {
  /** Copies the problems. */
  public Planning {
    problems = List.copyOf(problems);
  }
}
