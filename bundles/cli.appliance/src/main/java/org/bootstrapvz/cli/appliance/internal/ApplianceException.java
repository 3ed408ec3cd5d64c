/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.bootstrapvz.api.problem.Location;

/** An appliance refused a request, or cannot be reached. The message is for the user. */
final class ApplianceException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient List<?> problems;

  /**
   * A problem.
   *
   * @param status the HTTP status of the response; 0 if there was none
   * @param problems the problems of a manifest
   */
  ApplianceException(int status, String message, List<?> problems) {
    super(message);
    this.status = status;
    this.problems = problems;
  }

  ApplianceException(String message) {
    this(0, message, List.of());
  }

  int status() {
    return status;
  }

  /** The problems as they are shown. */
  List<String> problems() {
    return problems.stream().map(Object::toString).toList();
  }

  /** The same with the problems of the text that was sent at the places that lines come from. */
  ApplianceException translated(IntFunction<Optional<Location>> origins) {
    return new ApplianceException(
        status,
        String.valueOf(getMessage()),
        problems.stream()
            .map(
                each ->
                    each instanceof ReportedProblem problem ? problem.translated(origins) : each)
            .toList());
  }
}
