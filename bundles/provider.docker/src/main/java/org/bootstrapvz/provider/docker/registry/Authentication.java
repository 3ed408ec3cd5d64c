/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.HttpConnection;

/** Answers the challenge of a registry, with user name and password or with a token. */
final class Authentication {
  private final Destination destination;
  private final Optional<Credentials> credentials;
  private final TokenServer tokens;

  Authentication(
      Destination destination, Optional<Credentials> credentials, HttpConnection connection) {
    this.destination = destination;
    this.credentials = credentials;
    this.tokens = new TokenServer(destination, credentials, connection);
  }

  /** The value of the header {@code Authorization} for the challenge. */
  String authorization(RegistryResponse unauthorized) throws BuildException {
    List<Challenge> challenges =
        unauthorized.headers("WWW-Authenticate").stream()
            .flatMap(header -> Challenge.parse(header).stream())
            .toList();
    for (Challenge challenge : challenges) {
      if (challenge.scheme().equals("bearer") && challenge.parameters().containsKey("realm")) {
        return "Bearer " + tokens.token(challenge.parameters());
      }
      if (challenge.scheme().equals("basic") && credentials.isPresent()) {
        return credentials.get().header();
      }
    }
    throw Refusal.of(
        destination,
        credentials.isPresent()
            ? "does not support basic or token authentication"
            : "requires a login",
        unauthorized);
  }
}
