/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A response of a registry or its token server. */
final class RegistryResponse {
  private static final int MAX_ERROR_LENGTH = 300;

  private final HttpResponse<byte[]> http;

  RegistryResponse(HttpResponse<byte[]> http) {
    this.http = http;
  }

  int status() {
    return http.statusCode();
  }

  Optional<String> header(String name) {
    return http.headers().firstValue(name);
  }

  List<String> headers(String name) {
    return http.headers().allValues(name);
  }

  byte[] body() {
    return http.body();
  }

  /** The body as JSON; empty if it is not JSON. */
  JsonNode json() {
    try {
      return JsonMapper.shared().readTree(http.body());
    } catch (JacksonException e) {
      return JsonMapper.shared().createObjectNode();
    }
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
