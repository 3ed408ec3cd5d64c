/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.connections;

import jakarta.servlet.ServletRequest;
import org.bootstrapvz.appliance.api.access.Role;

/** The other end of a connection. */
public interface Peer {
  /** The attribute of a request that has its peer. */
  String ATTRIBUTE = "org.bootstrapvz.appliance.http.peer";

  /**
   * A request of this peer was authenticated. When there are too many connections, those whose peer
   * is unknown are closed first, and those of admins never.
   */
  void identified(Role role);

  /** The peer of a request. */
  static Peer of(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Peer peer ? peer : role -> {};
  }
}
