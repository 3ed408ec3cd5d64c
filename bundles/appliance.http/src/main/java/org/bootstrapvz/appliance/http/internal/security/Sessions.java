/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.security;

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
 * Who is logged in with a browser. Kept in memory only: after a restart people log in again. A
 * session never gives more than its token does now.
 */
public final class Sessions {
  /** How long a session lasts. */
  public static final Duration LIFETIME = Duration.ofHours(12);

  private static final int MOST = 1000;

  private record Session(String token, Instant end) {}

  private final Tokens tokens;
  private final Supplier<Instant> clock;
  private final SecureRandom random = new SecureRandom();

  /** By the value of the cookie, oldest first. Guarded by this. */
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  /** Sessions for these tokens. */
  public Sessions(Tokens tokens, Supplier<Instant> clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Begins a session for a token and returns the value of its cookie; empty if nobody has it. */
  public synchronized Optional<String> begin(String token) {
    if (tokens.identify(token).isEmpty()) {
      return Optional.empty();
    }
    sessions.values().removeIf(session -> session.end().isBefore(clock.get()));
    if (sessions.size() >= MOST) {
      sessions.remove(sessions.keySet().iterator().next());
    }
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    sessions.put(cookie, new Session(token, clock.get().plus(LIFETIME)));
    return Optional.of(cookie);
  }

  /** Whose session this is. */
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
