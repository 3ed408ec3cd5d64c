/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal;

/** Something that was asked of the builds cannot be done. The message is for who asked. */
public final class BuildsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why, for programs. */
  public enum Reason {
    /** There is no such build. */
    UNKNOWN,
    /** The build's state does not allow it. */
    CONFLICT,
    /** What was asked is malformed. */
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

  /** With a message for people and the cause for the log. */
  public BuildsException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
