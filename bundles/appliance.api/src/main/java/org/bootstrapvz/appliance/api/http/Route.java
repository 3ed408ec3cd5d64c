/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.appliance.api.access.Role;

/**
 * What a request can ask for.
 *
 * @param method GET also answers HEAD
 * @param path with variables in braces, each standing for one segment
 * @param role the least a caller must be; empty for everybody
 * @param handler answers it
 */
record Route(String method, String path, Optional<Role> role, Handler handler) {

  /** Answers a request. */
  @FunctionalInterface
  interface Handler {
    void handle(Exchange exchange) throws IOException, HttpProblem;
  }

  static Route of(String method, String path, Role role, Handler handler) {
    return new Route(method, path, Optional.of(role), handler);
  }

  static Route open(String method, String path, Handler handler) {
    return new Route(method, path, Optional.empty(), handler);
  }

  boolean answers(String asked) {
    return method.equals(asked) || method.equals("GET") && asked.equals("HEAD");
  }

  /** The values of the variables in a path; empty if it is another path. */
  Optional<Map<String, String>> match(List<String> segments) {
    String[] template = path.substring(1).split("/");
    if (template.length != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < template.length; i++) {
      if (template[i].startsWith("{")) {
        values.put(template[i].substring(1, template[i].length() - 1), segments.get(i));
      } else if (!template[i].equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  /**
   * The segments of a path as it was sent. Each is decoded by itself, so that an encoded slash does
   * not become a separator.
   */
  static List<String> segments(String uri) {
    return List.of(uri.substring(1).split("/", -1)).stream()
        .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
        .toList();
  }
}
