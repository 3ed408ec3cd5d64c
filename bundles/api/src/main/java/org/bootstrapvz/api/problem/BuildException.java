/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.problem;

import org.jspecify.annotations.Nullable;

/**
 * A build failed. The message is for the person who started it: what went wrong and, where known,
 * what would help.
 */
public class BuildException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message for people. */
  public BuildException(String message) {
    super(message);
  }

  /** With a message for people and the cause for the log. */
  public BuildException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
