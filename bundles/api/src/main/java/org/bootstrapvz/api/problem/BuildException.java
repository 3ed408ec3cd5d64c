/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.problem;

import org.jspecify.annotations.Nullable;

/**
 * A build failed. The message is for the user who started it and has the reason and, if known, the
 * remedy.
 */
public class BuildException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message for people. */
  public BuildException(String message) {
    super(message);
  }

  /** Creates an exception with a message for people and a cause for the log. */
  public BuildException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
