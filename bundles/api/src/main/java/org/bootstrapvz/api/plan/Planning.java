/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.plan;

import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.problem.Problem;

/**
 * The outcome of planning: a plan, or the errors that prevent one; with either, warnings.
 *
 * @param plan empty if and only if there is an error among the problems
 * @param problems all that was found, in the order of the file
 */
public record Planning(Optional<Plan> plan, List<Problem> problems) {
  /** A planning with an immutable copy of the problems. */
  public Planning {
    problems = List.copyOf(problems);
  }
}
