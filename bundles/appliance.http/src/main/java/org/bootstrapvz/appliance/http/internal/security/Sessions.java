/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bootstrapvz.appliance.api.access.Identity;

/**
 * Logins of the page. Kept in memory only: after a restart users log in again. A session has the
 * role of its token, and ends when the token is revoked.
 */
public final class Sessions {
  /** How long a session lasts after the login. */
  public static final Duration LIFETIME = Duration.ofHours(12);

  private static final int MAX_SESSIONS = 1000;

  private record Session(String token, Instant end) {}

  private final Tokens tokens;
  private final Supplier<Instant> clock;
  private final SecureRandom random = new SecureRandom();

  /** By the value of the cookie, oldest first. Guarded by this. */
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  /** Without sessions. */
  public Sessions(Tokens tokens, Supplier<Instant> clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Starts a session; returns the value of its cookie, or empty if the token is unknown. */
  public synchronized Optional<String> start(String token) {
    if (tokens.identify(token).isEmpty()) {
      return Optional.empty();
    }
    sessions.values().removeIf(session -> session.end().isBefore(clock.get()));
    if (sessions.size() >= MAX_SESSIONS) {
      sessions.remove(sessions.keySet().iterator().next());
    }
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    sessions.put(cookie, new Session(token, clock.get().plus(LIFETIME)));
    return Optional.of(cookie);
  }

  /** The caller to whom a cookie belongs; empty if the session is unknown or has ended. */
  public synchronized Optional<Identity> identify(String cookie) {
    return Optional.ofNullable(sessions.get(cookie))
        .filter(session -> session.end().isAfter(clock.get()))
        .flatMap(session -> tokens.identify(session.token()));
  }

  /** Ends a session. */
  public synchronized void end(String cookie) {
    sessions.remove(cookie);
  }
}
