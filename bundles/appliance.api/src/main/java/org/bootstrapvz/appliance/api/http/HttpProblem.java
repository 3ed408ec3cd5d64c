/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request cannot be answered as hoped; becomes {@code application/problem+json} (RFC 9457). */
final class HttpProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, Object> members = new LinkedHashMap<>();
  private final transient Map<String, String> headers = new LinkedHashMap<>();

  /**
   * A problem.
   *
   * @param detail what is wrong and what would be right, for people
   */
  HttpProblem(int status, String detail) {
    super(detail, null, false, false);
    this.status = status;
  }

  /** With one more member. */
  HttpProblem with(String member, Object value) {
    members.put(member, value);
    return this;
  }

  /** With a header of the response. */
  HttpProblem header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** The members of the problem; the type is left out, which means that the title says it all. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("title", TITLES.getOrDefault(status, "Error"));
    json.put("status", status);
    json.put("detail", getMessage());
    json.putAll(members);
    return json;
  }

  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not found"),
          Map.entry(405, "Method not allowed"),
          Map.entry(408, "Request timeout"),
          Map.entry(409, "Conflict"),
          Map.entry(413, "Content too large"),
          Map.entry(415, "Unsupported media type"),
          Map.entry(416, "Range not satisfiable"),
          Map.entry(421, "Misdirected request"),
          Map.entry(422, "Unprocessable content"),
          Map.entry(500, "Internal server error"),
          Map.entry(503, "Service unavailable"));

  static HttpProblem badRequest(String detail) {
    return new HttpProblem(400, detail);
  }

  static HttpProblem notFound(String detail) {
    return new HttpProblem(404, detail);
  }

  /** The manifest has errors. */
  static HttpProblem manifest(List<?> problems) {
    return new HttpProblem(422, "The manifest has errors").with("problems", problems);
  }
}
