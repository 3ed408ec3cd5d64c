/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

/** An image cannot be booted; the message explains why. */
final class BootException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  BootException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The exit status of the command. */
  int status() {
    return status;
  }
}
