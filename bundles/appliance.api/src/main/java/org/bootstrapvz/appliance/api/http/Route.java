/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.http;

import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.appliance.api.access.Role;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a resource answers. Immutable.
 *
 * @param method an HTTP method in upper case; {@code GET} also answers {@code HEAD}
 * @param path starts with {@code /api/}; a segment in braces, such as {@code /api/v1/hooks/{name}},
 *     is a variable that matches one segment
 * @param role the lowest role that may call it; empty if it needs no authentication
 * @param summary one line for the API description; may be empty
 * @param handler answers the requests; called by several threads at once
 */
public record Route(
    String method, String path, Optional<Role> role, String summary, Handler handler) {
  private static final Pattern METHOD = Pattern.compile("[A-Z]+");
  private static final Pattern PATH =
      Pattern.compile("(/([A-Za-z0-9._~-]+|\\{[A-Za-z][A-Za-z0-9]*\\}))+");

  /** Answers a request. */
  @FunctionalInterface
  @ConsumerType
  public interface Handler {
    /**
     * Answers a request.
     *
     * @throws HttpProblem if the request cannot be fulfilled; the caller gets status and detail
     * @throws Exception for any other failure; logged, and the caller gets status 500 without
     *     details
     */
    Response handle(Request request) throws Exception;
  }

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if method or path is malformed, or a variable appears twice
   */
  public Route {
    if (!METHOD.matcher(method).matches()) {
      throw new IllegalArgumentException("\"" + method + "\" is not an HTTP method in upper case");
    }
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "\"" + path + "\" is not a path such as /api/v1/hooks/{name}");
    }
    Set<String> variables = new HashSet<>();
    Stream.of(path.split("/"))
        .filter(segment -> segment.startsWith("{"))
        .forEach(
            variable -> {
              if (!variables.add(variable)) {
                throw new IllegalArgumentException(
                    "\"" + path + "\" contains " + variable + " twice");
              }
            });
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(summary, "summary");
    Objects.requireNonNull(handler, "handler");
  }

  /** A route for callers with at least this role. */
  public static Route of(String method, String path, Role role, Handler handler) {
    return new Route(method, path, Optional.of(role), "", handler);
  }

  /** A route that needs no authentication. */
  public static Route open(String method, String path, Handler handler) {
    return new Route(method, path, Optional.empty(), "", handler);
  }

  /** The same route with a summary for the API description. */
  public Route withSummary(String line) {
    return new Route(method, path, role, line, handler);
  }
}
