/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The reason why a request cannot be fulfilled. The caller gets it as {@code
 * application/problem+json} (RFC 9457).
 */
public final class HttpProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, Object> members = new LinkedHashMap<>();
  private final transient Map<String, String> headers = new LinkedHashMap<>();

  /**
   * Creates a problem.
   *
   * @param status the HTTP status code, from 400 to 599
   * @param detail for people: what is wrong, and what would be right
   * @throws IllegalArgumentException if the status is out of range
   */
  public HttpProblem(int status, String detail) {
    super(detail, null, false, false);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException(status + " is not the status of a problem");
    }
    this.status = status;
  }

  /** A problem with status 400: the request is malformed. */
  public static HttpProblem badRequest(String detail) {
    return new HttpProblem(400, detail);
  }

  /** A problem with status 404: what was requested does not exist. */
  public static HttpProblem notFound(String detail) {
    return new HttpProblem(404, detail);
  }

  /**
   * Adds a member to the JSON object.
   *
   * @param value see {@link Response#json}
   * @return this problem
   */
  public HttpProblem with(String member, Object value) {
    members.put(member, value);
    return this;
  }

  /**
   * Adds a header to the answer.
   *
   * @return this problem
   */
  public HttpProblem withHeader(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** The HTTP status code. */
  public int status() {
    return status;
  }

  /** What is wrong, and what would be right. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** The members of the JSON object besides title, status and detail. */
  public Map<String, Object> members() {
    return Collections.unmodifiableMap(members);
  }

  /** The headers of the answer. */
  public Map<String, String> headers() {
    return Collections.unmodifiableMap(headers);
  }
}
