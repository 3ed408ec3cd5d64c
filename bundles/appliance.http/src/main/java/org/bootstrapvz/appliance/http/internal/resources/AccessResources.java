/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import static org.bootstrapvz.appliance.api.access.Role.ADMIN;
import static org.bootstrapvz.appliance.api.access.Role.VIEWER;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.internal.security.Sessions;
import org.bootstrapvz.appliance.internal.security.Tokens;

/** Who may do what: tokens, and sessions of the page. */
final class AccessResources {
  private static final String TOKENS = "/api/v1/tokens";
  private static final String SESSION = "/api/v1/session";

  private final Tokens tokens;
  private final Sessions sessions;
  private final Gate gate;

  AccessResources(Tokens tokens, Sessions sessions, Gate gate) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.gate = gate;
  }

  List<Route> routes() {
    return List.of(
        Route.open("POST", SESSION, this::begin),
        Route.of("GET", SESSION, VIEWER, exchange -> exchange.send(200, exchange.caller())),
        Route.of("DELETE", SESSION, VIEWER, this::end),
        Route.of("GET", TOKENS, ADMIN, this::list),
        Route.of("POST", TOKENS, ADMIN, this::add),
        Route.of("DELETE", TOKENS + "/{name}", ADMIN, this::remove));
  }

  /** What the page sends to log in. */
  record Login(String token) {}

  private void begin(Exchange exchange) throws IOException, HttpProblem {
    gate.checkOrigin(exchange.request());
    Login login = Json.read(exchange.body(), Login.class);
    String text = Optional.ofNullable(login.token()).orElse("").strip();
    String cookie =
        sessions
            .begin(text)
            .orElseThrow(() -> Gate.unauthorized("This token is not known here (any more)"));
    setCookie(exchange, cookie, Sessions.LIFETIME.toSeconds());
    exchange.send(200, tokens.identify(text).orElseThrow());
  }

  private void end(Exchange exchange) {
    Gate.cookie(exchange.request()).ifPresent(sessions::end);
    setCookie(exchange, "", 0);
    exchange.response().setStatus(204);
  }

  /** No script of a page can read it, no other page's request carries it. */
  private static void setCookie(Exchange exchange, String value, long seconds) {
    HttpServletRequest request = exchange.request();
    exchange
        .response()
        .addHeader(
            "Set-Cookie",
            Gate.COOKIE
                + "="
                + value
                + "; Path=/; Max-Age="
                + seconds
                + "; HttpOnly; SameSite=Strict"
                + (request.isSecure() ? "; Secure" : ""));
  }

  private void list(Exchange exchange) throws IOException {
    exchange.send(200, Map.of("tokens", tokens.list()));
  }

  /** Whom to give access. */
  record Grant(String name, String role) {}

  /** The one answer that holds the token. */
  record Granted(String name, Role role, String token) {}

  private void add(Exchange exchange) throws IOException, HttpProblem {
    Grant grant = Json.read(exchange.body(), Grant.class);
    String name = Optional.ofNullable(grant.name()).orElse("");
    Role role = role(Optional.ofNullable(grant.role()).orElse(""));
    try {
      exchange.send(201, new Granted(name, role, tokens.add(name, role)));
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest(e.getMessage());
    }
  }

  private static Role role(String word) throws HttpProblem {
    try {
      return Role.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest("role: \"" + word + "\" is not one of viewer, builder, admin");
    }
  }

  private void remove(Exchange exchange) throws IOException, HttpProblem {
    String name = exchange.variable("name");
    List<Identity> admins =
        tokens.list().stream().filter(identity -> identity.role() == ADMIN).toList();
    if (admins.size() == 1 && admins.get(0).name().equals(name)) {
      throw new HttpProblem(
          409, name + " is the last admin; without one nobody could give access again");
    }
    if (!tokens.remove(name)) {
      throw HttpProblem.notFound("There is no token named " + name);
    }
    exchange.response().setStatus(204);
  }
}
