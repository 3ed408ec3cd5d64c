/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

/** A fake refuses a request. */
final class Rejection extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  Rejection(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
