/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import jakarta.servlet.ServletRequest;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.http.HttpProblem;

/**
 * The caller of a request over the local socket, as the kernel names it. It needs no token.
 *
 * @param user the name of the user
 * @param applianceUser the name of the user of the appliance
 * @param trusted whether it is root or the user of the appliance
 */
public record LocalCaller(String user, String applianceUser, boolean trusted) {
  /** The attribute of a request over the local socket; other requests do not have it. */
  public static final String ATTRIBUTE = LocalCaller.class.getName();

  /**
   * A caller. Users are compared by their ids.
   *
   * @param peer the user at the other end of the connection
   * @param appliance the user of the appliance
   */
  public static LocalCaller of(UserPrincipal peer, UserPrincipal appliance, UserPrincipal root) {
    return new LocalCaller(
        peer.getName(), appliance.getName(), peer.equals(root) || peer.equals(appliance));
  }

  /** The caller of a request; empty if the request did not come over the local socket. */
  static Optional<LocalCaller> of(ServletRequest request) {
    return Optional.ofNullable(request.getAttribute(ATTRIBUTE)).map(LocalCaller.class::cast);
  }

  /**
   * The caller, with the role admin.
   *
   * @throws HttpProblem with status 403 unless the caller is trusted
   */
  Identity identity() throws HttpProblem {
    if (!trusted) {
      throw new HttpProblem(
          403,
          "Only root and the user of the appliance, "
              + applianceUser
              + ", may use its socket; the caller is "
              + user
              + ". Other users need a token and the address of the appliance");
    }
    return new Identity(user, Role.ADMIN);
  }
}
