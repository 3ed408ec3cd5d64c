/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

/** The container cannot be started; the message is for the user. */
final class LaunchException extends Exception {

  private static final long serialVersionUID = 1L;

  LaunchException(String message) {
    super(message);
  }

  LaunchException(String message, Throwable cause) {
    super(message, cause);
  }
}
