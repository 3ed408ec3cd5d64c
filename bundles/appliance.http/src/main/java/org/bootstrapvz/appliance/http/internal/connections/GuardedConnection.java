/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.connections;

/** A connection as {@link ConnectionTable} sees it. */
interface GuardedConnection {
  /** What is known of the client. */
  enum Standing {
    /** No request of it was authenticated yet. */
    UNKNOWN,
    /** It has a token of a viewer or builder. */
    USER,
    /** It has a token of an admin. */
    ADMIN
  }

  /** The IP address of the client. */
  String address();

  /** What is known of the client. */
  Standing standing();

  /** Whether a request is in progress. */
  boolean busy();
}
