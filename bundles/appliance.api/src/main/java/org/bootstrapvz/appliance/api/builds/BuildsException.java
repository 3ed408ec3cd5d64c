/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.builds;

import org.jspecify.annotations.Nullable;

/** A request about builds cannot be fulfilled. The message is for the person who sent it. */
public final class BuildsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The reason, for programs. */
  public enum Reason {
    /** There is no such build. */
    UNKNOWN,
    /** The build's state does not allow it. */
    CONFLICT,
    /** The request is malformed. */
    INVALID,
    /** The database cannot be reached now. */
    UNAVAILABLE
  }

  private final Reason reason;

  /** With a message for people. */
  public BuildsException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** With a message for people, and the cause for the log. */
  public BuildsException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** The reason. */
  public Reason reason() {
    return reason;
  }
}
