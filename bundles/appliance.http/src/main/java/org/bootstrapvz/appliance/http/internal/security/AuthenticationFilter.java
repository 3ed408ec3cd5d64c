/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.internal.security.Sessions;
import org.bootstrapvz.appliance.internal.security.Tokens;

/** Decides who may come in. */
final class Gate {
  static final String COOKIE = "bootstrap-vz-session";
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Tokens tokens;
  private final Sessions sessions;
  private final boolean onLoopback;
  private final List<String> hosts;

  /**
   * A gate.
   *
   * @param onLoopback whether the server is reached from this machine only
   * @param hosts names by which it may be asked, besides those of the loopback; none for any
   */
  Gate(Tokens tokens, Sessions sessions, boolean onLoopback, List<String> hosts) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.onLoopback = onLoopback;
    this.hosts = hosts;
  }

  /**
   * A page of anybody can give its own name the address of this machine and let the visitor's
   * browser ask us; but then the browser names that page's host.
   */
  void checkHost(HttpServletRequest request) throws HttpProblem {
    if (!onLoopback && hosts.isEmpty()) {
      return;
    }
    String host = Optional.ofNullable(request.getHeader("Host")).orElse("");
    String name = host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    if (!LOOPBACK.contains(name) && !hosts.contains(name)) {
      throw new HttpProblem(
          421,
          "This appliance is not called \""
              + name
              + "\"; if it should be, add the name to hosts in its configuration");
    }
  }

  /** Who calls, if the caller may do what needs this role. */
  Identity admit(HttpServletRequest request, Role needed) throws HttpProblem {
    Identity caller = authenticate(request);
    if (!caller.role().includes(needed)) {
      throw new HttpProblem(
          403, "This needs the role " + needed + "; " + caller.name() + " is " + caller.role());
    }
    return caller;
  }

  private Identity authenticate(HttpServletRequest request) throws HttpProblem {
    String authorization = request.getHeader("Authorization");
    if (authorization != null) {
      String[] words = authorization.strip().split("\\s+", 2);
      if (words.length == 2 && words[0].equalsIgnoreCase("Bearer")) {
        return tokens
            .identify(words[1])
            .orElseThrow(() -> unauthorized("This token is not known here (any more)"));
      }
      throw unauthorized("The header Authorization should be: Bearer TOKEN");
    }
    Optional<Identity> session = cookie(request).flatMap(sessions::identify);
    if (session.isEmpty()) {
      throw unauthorized("A token is needed, in the header Authorization: Bearer TOKEN");
    }
    if (!SAFE.contains(request.getMethod())) {
      checkOrigin(request);
    }
    return session.get();
  }

  /**
   * A browser sends the cookie whoever wrote the page that asks. What changes something must come
   * from our own page.
   */
  void checkOrigin(HttpServletRequest request) throws HttpProblem {
    String origin = request.getHeader("Origin");
    String host = request.getHeader("Host");
    if (origin == null || host == null || !origin.equalsIgnoreCase(scheme(request) + host)) {
      throw new HttpProblem(
          403, "Only the appliance's own page may do this with the cookie of a session");
    }
  }

  private static String scheme(HttpServletRequest request) {
    return URI.create(request.getRequestURL().toString()).getScheme() + "://";
  }

  static Optional<String> cookie(HttpServletRequest request) {
    return Stream.ofNullable(request.getCookies())
        .flatMap(Stream::of)
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .map(Cookie::getValue)
        .findFirst();
  }

  static HttpProblem unauthorized(String detail) {
    return new HttpProblem(401, detail).header("WWW-Authenticate", "Bearer realm=\"bootstrap-vz\"");
  }
}
