/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problems;

/**
 * The problems found while planning. Safe for use by several threads: a check of a plugin that does
 * not return in time may still report.
 */
final class FoundProblems implements Problems {
  /** More are only counted. */
  private static final int MAX = 1000;

  private final List<Problem> found = new ArrayList<>();
  private int more;
  private long errors;

  @Override
  public synchronized void add(Problem problem) {
    if (problem.severity() == Problem.Severity.ERROR) {
      errors++;
    }
    if (found.size() < MAX) {
      found.add(problem);
    } else {
      more++;
    }
  }

  /** Replaces the remedy of the errors at a path. */
  synchronized void explain(String path, String remedy) {
    found.replaceAll(
        problem ->
            problem.severity() == Problem.Severity.ERROR && problem.path().equals(path)
                ? new Problem(
                    problem.severity(), problem.location(), path, problem.message(), remedy)
                : problem);
  }

  synchronized long errors() {
    return errors;
  }

  /**
   * In the order of the file, what concerns the file as a whole first, then those of files that it
   * includes; each once.
   */
  synchronized List<Problem> inOrder(Path manifest) {
    List<Problem> inOrder =
        found.stream()
            .distinct()
            .sorted(Comparator.comparing(Problem::location, Location.order(manifest)))
            .collect(Collectors.toCollection(ArrayList::new));
    if (more > 0) {
      Problem last = inOrder.get(inOrder.size() - 1);
      inOrder.add(
          new Problem(
              errors > 0 ? Problem.Severity.ERROR : Problem.Severity.WARNING,
              last.location(),
              "",
              "There are " + more + " more problems, which are not listed",
              "Correct the others first"));
    }
    return List.copyOf(inOrder);
  }
}
