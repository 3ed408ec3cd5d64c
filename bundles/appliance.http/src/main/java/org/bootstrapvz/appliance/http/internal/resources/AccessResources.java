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
import org.bootstrapvz.appliance.api.audit.AuditAction;
import org.bootstrapvz.appliance.api.audit.AuditActor;
import org.bootstrapvz.appliance.api.audit.AuditLog;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.HttpResource;
import org.bootstrapvz.appliance.api.http.Request;
import org.bootstrapvz.appliance.api.http.Response;
import org.bootstrapvz.appliance.api.http.Route;
import org.bootstrapvz.appliance.http.internal.audit.RefusedAccess;
import org.bootstrapvz.appliance.http.internal.audit.RequestAudit;
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
  private final RequestAudit audit;
  private final AuditLog log;
  private final RefusedAccess refusals;

  /** Called by the container. */
  @Activate
  public AccessResources(@Reference Access access, @Reference AuditLog log) {
    tokens = access.tokens();
    sessions = new SessionCookie(access);
    this.log = log;
    audit = new RequestAudit(log);
    refusals = new RefusedAccess(log);
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.open("POST", SESSION, this::logIn),
        Route.of("GET", SESSION, VIEWER, request -> Response.json(200, request.caller())),
        Route.of("DELETE", SESSION, VIEWER, this::logOut),
        Route.of("GET", TOKENS, ADMIN, this::list),
        Route.of("POST", TOKENS, ADMIN, this::add),
        Route.of("DELETE", TOKENS + "/{name}", ADMIN, this::revoke));
  }

  /** The body of a login. */
  record Login(String token) {}

  private Response logIn(Request request) throws HttpProblem {
    sessions.checkOrigin(request);
    Login login = request.json(Login.class);
    String token = Optional.ofNullable(login.token()).orElse("").strip();
    String address = request.remoteAddress();
    try {
      Response answer = sessions.logIn(request, token);
      AuditActor by =
          tokens
              .identify(token)
              .map(identity -> AuditActor.of(identity, address))
              .orElseGet(() -> AuditActor.unknown(address));
      log.record(AuditAction.LOGGED_IN, by, "web interface", AuditLog.Result.OK, "");
      return answer;
    } catch (HttpProblem e) {
      refusals.refused(
          AuditActor.unknown(address), "web interface", String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private Response logOut(Request request) {
    Response answer = sessions.logOut(request);
    audit.done(AuditAction.LOGGED_OUT, request, "web interface", "");
    return answer;
  }

  private Response list(Request request) {
    return Response.json(200, Map.of("tokens", tokens.list()));
  }

  /** The body of a request for a token. */
  record TokenRequest(String name, String role) {}

  /** The only answer that contains the token. */
  record CreatedToken(String name, Role role, String token) {}

  private Response add(Request request) throws HttpProblem {
    TokenRequest wanted = request.json(TokenRequest.class);
    String name = Optional.ofNullable(wanted.name()).orElse("");
    Role role = role(Optional.ofNullable(wanted.role()).orElse(""));
    String token =
        audit.change(
            AuditAction.TOKEN_CREATED,
            request,
            "token " + name,
            "role " + role,
            () -> create(name, role));
    return Response.json(201, new CreatedToken(name, role, token));
  }

  private String create(String name, Role role) throws HttpProblem {
    try {
      return tokens.add(name, role);
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw notStored(e);
    }
  }

  /** For instance because the disk is full. */
  private static HttpProblem notStored(IOException e) {
    boolean full = String.valueOf(e.getMessage()).contains("No space left");
    return new HttpProblem(
        full ? 507 : 503, "The tokens cannot be stored, so nothing has changed: " + e.getMessage());
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
    return audit.change(
        AuditAction.TOKEN_REVOKED, request, "token " + name, "", () -> remove(name));
  }

  private Response remove(String name) throws HttpProblem {
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
