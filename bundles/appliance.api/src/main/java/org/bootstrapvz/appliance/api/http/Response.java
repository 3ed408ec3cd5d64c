/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An answer. Immutable; made with the static methods.
 *
 * @param status the HTTP status code, from 200 to 599
 * @param headers headers besides {@code Content-Type} and {@code Content-Length}
 * @param body the body
 */
public record Response(int status, Map<String, String> headers, Body body) {
  /** The body of an answer. */
  @ProviderType
  public interface Body {}

  /** No body. */
  public record Empty() implements Body {}

  /**
   * A value that the appliance writes as JSON.
   *
   * @param value a record, map, list, string, number, boolean, enum, or time; what is absent is
   *     left out
   */
  public record Json(Object value) implements Body {}

  /**
   * Bytes.
   *
   * @param type the content type
   * @param content the bytes; not copied, so they must not be changed
   */
  public record Bytes(String type, byte[] content) implements Body {}

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the status is not between 200 and 599
   */
  public Response {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException(status + " is not the status of an answer");
    }
    headers = Map.copyOf(headers);
    Objects.requireNonNull(body, "body");
  }

  /** An answer with a JSON body: a record, map, list, string, number, boolean, enum, or time. */
  public static Response json(int status, Object value) {
    return new Response(status, Map.of(), new Json(Objects.requireNonNull(value, "value")));
  }

  /** An answer with a text of the type {@code text/plain}, encoded in UTF-8. */
  public static Response text(int status, String text) {
    return bytes(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * An answer with bytes.
   *
   * @param type the content type
   */
  public static Response bytes(int status, String type, byte[] content) {
    return new Response(status, Map.of(), new Bytes(type, content));
  }

  /** An answer without a body. */
  public static Response empty(int status) {
    return new Response(status, Map.of(), new Empty());
  }

  /** The same answer with one more header. */
  public Response withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, more, body);
  }
}
