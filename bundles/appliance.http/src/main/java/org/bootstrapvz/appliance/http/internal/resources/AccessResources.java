/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.resources;

import static org.bootstrapvz.appliance.api.access.Role.ADMIN;
import static org.bootstrapvz.appliance.api.access.Role.VIEWER;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.HttpResource;
import org.bootstrapvz.appliance.api.http.Request;
import org.bootstrapvz.appliance.api.http.Response;
import org.bootstrapvz.appliance.api.http.Route;
import org.bootstrapvz.appliance.http.internal.security.Access;
import org.bootstrapvz.appliance.http.internal.security.SessionCookie;
import org.bootstrapvz.appliance.http.internal.security.Tokens;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Access tokens, and sessions of the page. */
@Component
public final class AccessResources implements HttpResource {
  private static final String TOKENS = "/api/v1/tokens";
  private static final String SESSION = "/api/v1/session";

  private final Tokens tokens;
  private final SessionCookie sessions;

  /** Called by the container. */
  @Activate
  public AccessResources(@Reference Access access) {
    tokens = access.tokens();
    sessions = new SessionCookie(access);
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.open("POST", SESSION, this::logIn),
        Route.of("GET", SESSION, VIEWER, request -> Response.json(200, request.caller())),
        Route.of("DELETE", SESSION, VIEWER, sessions::logOut),
        Route.of("GET", TOKENS, ADMIN, this::list),
        Route.of("POST", TOKENS, ADMIN, this::add),
        Route.of("DELETE", TOKENS + "/{name}", ADMIN, this::revoke));
  }

  /** The body of a login. */
  record Login(String token) {}

  private Response logIn(Request request) throws HttpProblem {
    sessions.checkOrigin(request);
    Login login = request.json(Login.class);
    return sessions.logIn(request, Optional.ofNullable(login.token()).orElse("").strip());
  }

  private Response list(Request request) {
    return Response.json(200, Map.of("tokens", tokens.list()));
  }

  /** The body of a request for a token. */
  record TokenRequest(String name, String role) {}

  /** The only answer that contains the token. */
  record CreatedToken(String name, Role role, String token) {}

  private Response add(Request request) throws IOException, HttpProblem {
    TokenRequest wanted = request.json(TokenRequest.class);
    String name = Optional.ofNullable(wanted.name()).orElse("");
    Role role = role(Optional.ofNullable(wanted.role()).orElse(""));
    try {
      return Response.json(201, new CreatedToken(name, role, tokens.add(name, role)));
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw notStored(e);
    }
  }

  /** For instance because the disk is full. */
  private static HttpProblem notStored(IOException e) {
    return new HttpProblem(
        503, "The tokens cannot be stored, so nothing has changed: " + e.getMessage());
  }

  private static Role role(String word) throws HttpProblem {
    try {
      return Role.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest("role: \"" + word + "\" is not one of viewer, builder, admin");
    }
  }

  private Response revoke(Request request) throws HttpProblem {
    String name = request.variable("name");
    List<Identity> admins =
        tokens.list().stream().filter(identity -> identity.role() == ADMIN).toList();
    if (admins.size() == 1 && admins.get(0).name().equals(name)) {
      throw new HttpProblem(
          409, name + " is the last admin; without an admin, no one could create tokens");
    }
    try {
      if (!tokens.remove(name)) {
        throw HttpProblem.notFound("There is no token named " + name);
      }
    } catch (IOException e) {
      throw notStored(e);
    }
    return Response.empty(204);
  }
}
