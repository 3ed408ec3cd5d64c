/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.audit.AuditActor;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.RequestHead;
import org.bootstrapvz.appliance.http.internal.audit.RefusedAccess;

/**
 * The identity of the caller of one request, which {@link AuthenticationFilter} attaches to it. The
 * caller is identified when a route needs a role, and not before, so that an authenticator that is
 * slow does not delay routes that are open to everyone. A caller of the local socket is identified
 * by its user alone.
 */
public final class Authentication {
  private static final String ATTRIBUTE = Authentication.class.getName();

  private final Authenticators authenticators;
  private final RequestHead request;
  private final Optional<LocalCaller> local;
  private final RefusedAccess refusals;

  Authentication(
      Authenticators authenticators,
      RequestHead request,
      Optional<LocalCaller> local,
      RefusedAccess refusals) {
    this.authenticators = authenticators;
    this.request = request;
    this.local = local;
    this.refusals = refusals;
  }

  void attach(ServletRequest servletRequest) {
    servletRequest.setAttribute(ATTRIBUTE, this);
  }

  /**
   * The caller of a request.
   *
   * @throws HttpProblem with status 401 or 403 unless the caller has at least this role
   */
  public static Identity require(ServletRequest servletRequest, Role role) throws HttpProblem {
    if (!(servletRequest.getAttribute(ATTRIBUTE) instanceof Authentication authentication)) {
      throw new HttpProblem(503, "Authentication is not available yet; try again later")
          .withHeader("Retry-After", "5");
    }
    return authentication.require(role);
  }

  /** The caller of a request; empty if it is unknown or the request cannot be authenticated. */
  public static Optional<Identity> identify(ServletRequest servletRequest) {
    try {
      return servletRequest.getAttribute(ATTRIBUTE) instanceof Authentication authentication
          ? authentication.authenticators.authenticate(authentication.request)
          : Optional.empty();
    } catch (HttpProblem refused) {
      return Optional.empty();
    }
  }

  private Identity require(Role role) throws HttpProblem {
    Optional<Identity> caller =
        local.isPresent()
            ? Optional.of(local.get().identity())
            : authenticators.authenticate(request);
    if (caller.isEmpty()) {
      if (request.header("Authorization").isPresent()) {
        record(AuditActor.unknown(address()), "the token is not valid");
      }
      throw unauthorized(
          TokenAuthenticator.bearer(request).isPresent()
              ? "Unknown or revoked token"
              : request.header("Authorization").isPresent()
                  ? "The header Authorization must be: Bearer TOKEN"
                  : "A token is required, in the header Authorization: Bearer TOKEN");
    }
    if (!caller.get().role().includes(role)) {
      record(AuditActor.of(caller.get(), address()), "this requires the role " + role);
      throw new HttpProblem(
          403,
          "This requires the role "
              + role
              + "; "
              + caller.get().name()
              + " has the role "
              + caller.get().role());
    }
    return caller.get();
  }

  /**
   * Refuses a user at the local socket who may not use it.
   *
   * @throws HttpProblem with status 403
   */
  void refuseStranger() throws HttpProblem {
    if (local.isPresent()) {
      try {
        local.get().identity();
      } catch (HttpProblem e) {
        record(
            new AuditActor(local.get().user(), "", AuditActor.LOCAL_SOCKET),
            "this user may not use the socket");
        throw e;
      }
    }
  }

  private String address() {
    return local.isPresent() ? "" : request.remoteAddress();
  }

  private void record(AuditActor by, String reason) {
    refusals.refused(by, request.method() + " " + request.path(), reason);
  }

  static HttpProblem unauthorized(String detail) {
    return new HttpProblem(401, detail)
        .withHeader("WWW-Authenticate", "Bearer realm=\"bootstrap-vz\"");
  }
}
