/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static java.net.HttpURLConnection.HTTP_OK;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.HttpConnection;
import tools.jackson.databind.JsonNode;

/** Fetches tokens from the server that a registry names in its challenge. */
final class TokenServer {
  private final Destination destination;
  private final Optional<Credentials> credentials;
  private final HttpConnection connection;

  TokenServer(
      Destination destination, Optional<Credentials> credentials, HttpConnection connection) {
    this.destination = destination;
    this.credentials = credentials;
    this.connection = connection;
  }

  /**
   * Fetches a token to pull and push.
   *
   * @param parameters of the challenge, with its realm
   */
  String token(Map<String, String> parameters) throws BuildException {
    URI realm;
    try {
      realm = realm(parameters);
    } catch (IllegalArgumentException e) {
      throw new BuildException(
          "The registry at " + destination.address() + " names no valid address for logging in", e);
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(realm).GET();
    credentials.ifPresent(login -> request.setHeader("Authorization", login.header()));
    RegistryResponse response = new RegistryResponse(connection.send(request.build()));
    if (response.status() != HTTP_OK) {
      throw Refusal.of(
          destination,
          credentials.isPresent() ? "did not accept the login" : "requires a login",
          response);
    }
    JsonNode json = response.json();
    String token = json.path("token").asString(json.path("access_token").asString(""));
    if (token.isEmpty()) {
      throw Refusal.of(destination, "gave no token", response.status(), "");
    }
    return token;
  }

  /** The address of the server with the scope of the token. */
  private URI realm(Map<String, String> parameters) {
    String scope = "repository:" + destination.name().repository() + ":pull,push";
    String query =
        Map.of("service", parameters.getOrDefault("service", ""), "scope", scope)
            .entrySet()
            .stream()
            .filter(each -> !each.getValue().isEmpty())
            .map(
                each ->
                    each.getKey()
                        + "="
                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
            .sorted()
            .collect(Collectors.joining("&"));
    String base =
        Objects.requireNonNull(parameters.get("realm"), "Only a challenge with a realm leads here");
    return URI.create(base + (base.contains("?") ? "&" : "?") + query);
  }
}
