/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import org.bootstrapvz.api.problem.BuildException;
import org.jspecify.annotations.Nullable;

/** A request got no response. */
public final class ConnectionException extends BuildException {
  private static final long serialVersionUID = 1L;

  /** What happened to the request. */
  public enum Kind {
    /** No connection came about, so the server did not see the request. */
    UNREACHABLE,
    /** The server may have processed the request. */
    BROKEN,
    /** The connection would not be safe; the request was not sent and a retry does not help. */
    UNSAFE
  }

  private final Kind kind;

  ConnectionException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Returns what happened to the request. */
  public Kind kind() {
    return kind;
  }
}
