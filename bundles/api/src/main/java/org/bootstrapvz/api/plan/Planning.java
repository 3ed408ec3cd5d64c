/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.plan;

import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;

/**
 * The outcome of planning: a plan, or the errors that prevent it, and warnings.
 *
 * @param plan empty if and only if there is an error among the problems
 * @param problems all problems, in the order of the file
 * @param hostFiles the files of the host that the manifest names, as far as they are known if it
 *     has errors
 */
public record Planning(Optional<Plan> plan, List<Problem> problems, List<HostFile> hostFiles) {
  /** Copies the lists. */
  public Planning {
    problems = List.copyOf(problems);
    hostFiles = List.copyOf(hostFiles);
  }

  /** An outcome with the files of the host that the plan knows. */
  public Planning(Optional<Plan> plan, List<Problem> problems) {
    this(plan, problems, plan.map(it -> it.manifest().hostFiles()).orElse(List.of()));
  }

  /**
   * Returns the files of the host that the manifest names and that this host does not have: the
   * manifest may be valid, but the host cannot build it.
   *
   * @param severity of the problems
   */
  public List<Problem> missingFiles(Severity severity) {
    return HostFile.missing(hostFiles, severity);
  }
}
