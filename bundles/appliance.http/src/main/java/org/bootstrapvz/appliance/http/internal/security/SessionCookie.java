/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import java.util.Map;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.Request;
import org.bootstrapvz.appliance.api.http.Response;

/** Logs users of the page in and out with a cookie. */
public final class SessionCookie {
  private final Tokens tokens;
  private final Sessions sessions;

  /** Creates it. */
  public SessionCookie(Access access) {
    tokens = access.tokens();
    sessions = access.sessions();
  }

  /** Refuses a login from the page of another site. */
  public void checkOrigin(Request request) throws HttpProblem {
    SameOrigin.check(request);
  }

  /**
   * Starts a session; answers with the identity of the caller.
   *
   * @throws HttpProblem with status 401 if the token is unknown
   */
  public Response logIn(Request request, String token) throws HttpProblem {
    String cookie = sessions.start(token).orElseThrow(SessionCookie::unknownToken);
    return Response.json(200, tokens.identify(token).orElseThrow(SessionCookie::unknownToken))
        .withHeader("Set-Cookie", cookie(request, cookie, Sessions.LIFETIME.toSeconds()));
  }

  private static HttpProblem unknownToken() {
    return Authentication.unauthorized("Unknown or revoked token");
  }

  /** Ends the session. */
  public Response logOut(Request request) {
    request.cookie(SessionAuthenticator.COOKIE).ifPresent(sessions::end);
    return new Response(204, Map.of("Set-Cookie", cookie(request, "", 0)), new Response.Empty());
  }

  /** Scripts cannot read the cookie, and browsers do not attach it to requests of other sites. */
  private static String cookie(Request request, String value, long seconds) {
    return SessionAuthenticator.COOKIE
        + "="
        + value
        + "; Path=/; Max-Age="
        + seconds
        + "; HttpOnly; SameSite=Strict"
        + (request.secure() ? "; Secure" : "");
  }
}
