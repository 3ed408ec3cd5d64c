/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problems;

/** The problems found while planning. */
final class FoundProblems implements Problems {
  private final List<Problem> found = new ArrayList<>();

  @Override
  public void add(Problem problem) {
    found.add(problem);
  }

  /** Replaces the remedy of the errors at a path. */
  void explain(String path, String remedy) {
    found.replaceAll(
        problem ->
            problem.severity() == Problem.Severity.ERROR && problem.path().equals(path)
                ? new Problem(
                    problem.severity(), problem.location(), path, problem.message(), remedy)
                : problem);
  }

  long errors() {
    return found.stream().filter(p -> p.severity() == Problem.Severity.ERROR).count();
  }

  /** In the order of the file, what concerns the file as a whole first; each once. */
  List<Problem> inOrder() {
    return found.stream()
        .distinct()
        .sorted(
            Comparator.<Problem>comparingInt(problem -> problem.location().line())
                .thenComparingInt(problem -> problem.location().column()))
        .toList();
  }
}
