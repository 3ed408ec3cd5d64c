/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.util.List;

/** An appliance refused a request, or cannot be reached. The message is for the user. */
final class ApplianceException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient List<String> problems;

  /**
   * A problem.
   *
   * @param status the HTTP status of the response; 0 if there was none
   * @param problems the problems of a manifest
   */
  ApplianceException(int status, String message, List<String> problems) {
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

  List<String> problems() {
    return problems;
  }
}
