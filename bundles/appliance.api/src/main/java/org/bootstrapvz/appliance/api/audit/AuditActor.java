/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.audit;

import org.bootstrapvz.appliance.api.access.Identity;

/**
 * Who does something.
 *
 * @param name of a token or of a user of the machine; empty if it is not known
 * @param role in lower case; empty if it has none
 * @param from an IP address, or by which way of the machine itself, such as {@code local socket}
 */
public record AuditActor(String name, String role, String from) {
  /** What callers of the appliance's socket have instead of an address. */
  public static final String LOCAL_SOCKET = "local socket";

  /**
   * The sender of a request.
   *
   * @param address its IP address; empty if it used the local socket
   */
  public static AuditActor of(Identity caller, String address) {
    return new AuditActor(caller.name(), caller.role().toString(), from(address));
  }

  /**
   * The sender of a request who is not known.
   *
   * @param address its IP address; empty if it used the local socket
   */
  public static AuditActor unknown(String address) {
    return new AuditActor("", "", from(address));
  }

  private static String from(String address) {
    return address.isEmpty() ? LOCAL_SOCKET : address;
  }
}
