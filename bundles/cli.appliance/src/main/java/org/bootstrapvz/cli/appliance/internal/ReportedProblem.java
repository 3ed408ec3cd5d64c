/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.util.Optional;
import java.util.function.IntFunction;
import org.bootstrapvz.api.problem.Location;
import tools.jackson.databind.JsonNode;

/**
 * A problem that an appliance found in a manifest.
 *
 * @param place the line and column in the text that was sent, or the place that they come from
 * @param line the line in the text that was sent
 * @param statement the rest of the message
 */
record ReportedProblem(String place, int line, String statement) {
  static ReportedProblem of(JsonNode problem) {
    String path = problem.path("path").asString("");
    String remedy = problem.path("remedy").asString("");
    int line = problem.path("line").asInt();
    return new ReportedProblem(
        line + ":" + problem.path("column").asInt(),
        line,
        problem.path("severity").asString("error")
            + ": "
            + (path.isEmpty() ? "" : path + ": ")
            + problem.path("message").asString("")
            + (remedy.isEmpty() ? "" : ". " + remedy));
  }

  /** The same problem at the place that a line comes from, if that is known. */
  ReportedProblem translated(IntFunction<Optional<Location>> origins) {
    return origins
        .apply(line)
        .map(origin -> new ReportedProblem(origin.toString(), line, statement))
        .orElse(this);
  }

  /** As the problems of a local manifest are shown. */
  @Override
  public String toString() {
    return place + ": " + statement;
  }
}
