/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bootstrapvz.cloud.http.Response;
import tools.jackson.databind.JsonNode;

/** A response of a registry or its token server. */
final class RegistryResponse {
  private static final int MAX_ERROR_LENGTH = 300;

  private final Response http;

  RegistryResponse(Response http) {
    this.http = http;
  }

  int status() {
    return http.status();
  }

  Optional<String> header(String name) {
    return http.header(name);
  }

  List<String> headers(String name) {
    return http.headers(name);
  }

  byte[] body() {
    return http.body();
  }

  /** The body as JSON; empty if it is not JSON. */
  JsonNode json() {
    return http.json();
  }

  /** The errors in the response: registries send a list of them. */
  String errors() {
    String text =
        json()
            .path("errors")
            .valueStream()
            .map(
                error ->
                    (error.path("code").asString("") + " " + error.path("message").asString(""))
                        .strip())
            .collect(Collectors.joining("; "));
    return text.length() > MAX_ERROR_LENGTH ? text.substring(0, MAX_ERROR_LENGTH) + "…" : text;
  }
}
