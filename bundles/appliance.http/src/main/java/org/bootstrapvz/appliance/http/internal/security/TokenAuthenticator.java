/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import java.util.Optional;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.http.Authenticator;
import org.bootstrapvz.appliance.api.http.RequestHead;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Identifies callers by a token in the header {@code Authorization: Bearer TOKEN}. */
@Component
public final class TokenAuthenticator implements Authenticator {
  private static final String SCHEME = "Bearer";

  private final Tokens tokens;

  /** Called by the container. */
  @Activate
  public TokenAuthenticator(@Reference Access access) {
    this(access.tokens());
  }

  TokenAuthenticator(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public Optional<Identity> authenticate(RequestHead request) {
    return bearer(request).flatMap(tokens::identify);
  }

  /** The token of a request; empty if it has none. */
  static Optional<String> bearer(RequestHead request) {
    return request
        .header("Authorization")
        .map(value -> value.strip().split("\\s+", 2))
        .filter(words -> words.length == 2 && words[0].equalsIgnoreCase(SCHEME))
        .map(words -> words[1]);
  }
}
