/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import java.io.PrintStream;
import java.util.Collection;
import org.bootstrapvz.api.problem.Problem;

/** Prints the problems of manifests. */
public final class ProblemReport {
  private final PrintStream err;
  private final Style style;

  /** A report on the standard error of a terminal, in colour if that is usual there. */
  public ProblemReport(Terminal terminal) {
    this(terminal, Style.of(Style.Mode.AUTO, terminal));
  }

  /** A report on the standard error of a terminal. */
  public ProblemReport(Terminal terminal, Style style) {
    this.err = terminal.err();
    this.style = style;
  }

  /** Prints a line for each problem. */
  public void print(Collection<Problem> problems) {
    for (Problem problem : problems) {
      String line = problem.toString();
      err.println(
          problem.severity() == Problem.Severity.ERROR ? style.error(line) : style.warning(line));
    }
  }
}
