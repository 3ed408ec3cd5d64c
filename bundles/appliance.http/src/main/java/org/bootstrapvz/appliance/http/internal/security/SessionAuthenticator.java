/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import java.util.Optional;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.http.Authenticator;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.RequestHead;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Identifies callers by the cookie of a session of the page. */
@Component
public final class SessionAuthenticator implements Authenticator {
  /** The name of the cookie. */
  static final String COOKIE = "bootstrap-vz-session";

  private final Sessions sessions;

  /** Called by the container. */
  @Activate
  public SessionAuthenticator(@Reference Access access) {
    this(access.sessions());
  }

  SessionAuthenticator(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Optional<Identity> authenticate(RequestHead request) throws HttpProblem {
    if (request.header("Authorization").isPresent()) {
      return Optional.empty();
    }
    Optional<Identity> identity = request.cookie(COOKIE).flatMap(sessions::identify);
    if (identity.isPresent()) {
      SameOrigin.checkUnlessSafe(request);
    }
    return identity;
  }
}
