/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.remote;

import java.util.List;

/** An appliance did not do what was asked, or cannot be asked. The message is for people. */
final class ServerException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient List<String> problems;

  /**
   * A problem.
   *
   * @param status the status of the answer; 0 if there was none
   * @param problems what is wrong with a manifest
   */
  ServerException(int status, String message, List<String> problems) {
    super(message);
    this.status = status;
    this.problems = problems;
  }

  ServerException(String message) {
    this(0, message, List.of());
  }

  int status() {
    return status;
  }

  List<String> problems() {
    return problems;
  }
}
