/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A response with its whole body. Immutable. */
public final class Response {
  /** The difference between two clocks that matters to a signature. */
  private static final Duration MIN_SKEW = Duration.ofMinutes(4);

  private final HttpResponse<byte[]> http;
  private final Instant received;

  Response(HttpResponse<byte[]> http, Instant received) {
    this.http = http;
    this.received = received;
  }

  /** Returns the status. */
  public int status() {
    return http.statusCode();
  }

  /** Returns whether the status is 2xx. */
  public boolean isSuccess() {
    return status() / 100 == 2;
  }

  /** Returns the address of the request. */
  public URI address() {
    return http.uri();
  }

  /** Returns the first header of this name. */
  public Optional<String> header(String name) {
    return http.headers().firstValue(name);
  }

  /** Returns all headers of this name. */
  public List<String> headers(String name) {
    return http.headers().allValues(name);
  }

  /** Returns the body. */
  public byte[] body() {
    return http.body().clone();
  }

  /** Returns the body as text in UTF-8. */
  public String text() {
    return new String(http.body(), StandardCharsets.UTF_8);
  }

  /** Returns the body as JSON; an empty object if it is not JSON. */
  public JsonNode json() {
    try {
      return JsonMapper.shared().readTree(http.body());
    } catch (JacksonException e) {
      return JsonMapper.shared().createObjectNode();
    }
  }

  /** Returns how long the server asks to wait before the next request. */
  public Optional<Duration> retryAfter() {
    return header("Retry-After").flatMap(this::delay);
  }

  private Optional<Duration> delay(String value) {
    if (value.strip().matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value.strip())));
    }
    return date(value).map(until -> positive(Duration.between(received, until)));
  }

  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  /**
   * Returns how far the clock of this machine is ahead of the server's, negative if it is behind;
   * empty if the difference is small or unknown.
   */
  public Optional<Duration> clockAhead() {
    return date()
        .map(date -> Duration.between(date, received))
        .filter(difference -> difference.abs().compareTo(MIN_SKEW) > 0);
  }

  /** Returns the time of the server; empty if it is unknown. */
  public Optional<Instant> date() {
    return header("Date").flatMap(Response::date);
  }

  /** Returns a header of the request. */
  public Optional<String> requestHeader(String name) {
    return http.request().headers().firstValue(name);
  }

  private static Optional<Instant> date(String value) {
    try {
      return Optional.of(
          ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
