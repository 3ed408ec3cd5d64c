/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.io.PrintStream;
import java.util.Collection;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.cli.Style;

/** Shows problems of manifests. */
final class ProblemReport {
  private final PrintStream err;
  private final Style style;

  ProblemReport(PrintStream err, Style style) {
    this.err = err;
    this.style = style;
  }

  /** Prints a line for each problem. */
  void print(Collection<Problem> problems) {
    for (Problem problem : problems) {
      String line = problem.toString();
      err.println(
          problem.severity() == Problem.Severity.ERROR ? style.error(line) : style.warning(line));
    }
  }
}
