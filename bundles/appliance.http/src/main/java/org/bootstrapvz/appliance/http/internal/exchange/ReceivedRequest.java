/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.Request;

/** A copy of a request. */
public final class ReceivedRequest extends ReceivedHead implements Request {
  private final Map<String, String> variables;
  private final Map<String, String> query = new HashMap<>();
  private final Optional<Identity> caller;
  private final byte[] body;

  private ReceivedRequest(
      HttpServletRequest request,
      Map<String, String> variables,
      Optional<Identity> caller,
      byte[] body)
      throws HttpProblem {
    super(request);
    this.variables = Map.copyOf(variables);
    this.caller = caller;
    this.body = body;
    try {
      request.getParameterMap().forEach((name, values) -> query.put(name, values[0]));
    } catch (RuntimeException e) {
      throw HttpProblem.badRequest("The query is malformed");
    }
  }

  /**
   * Reads a request.
   *
   * @param variables the decoded values of the variables in the path
   * @param caller empty if the route needs no authentication
   * @throws HttpProblem with status 413 if the body is larger than allowed
   */
  public static ReceivedRequest read(
      HttpServletRequest request,
      Map<String, String> variables,
      Optional<Identity> caller,
      int maxBodyBytes)
      throws IOException, HttpProblem {
    return new ReceivedRequest(request, variables, caller, body(request, maxBodyBytes));
  }

  private static byte[] body(HttpServletRequest request, int maxBytes)
      throws IOException, HttpProblem {
    if (request.getContentLengthLong() > maxBytes) {
      throw tooLarge(maxBytes);
    }
    byte[] bytes;
    try (InputStream in = request.getInputStream()) {
      bytes = in.readNBytes(maxBytes + 1);
    }
    if (bytes.length > maxBytes) {
      throw tooLarge(maxBytes);
    }
    return bytes;
  }

  /** The rest of the body is not read, so the connection cannot be reused. */
  private static HttpProblem tooLarge(int maxBytes) {
    return new HttpProblem(413, "The body is larger than " + maxBytes + " bytes")
        .withHeader("Connection", "close");
  }

  @Override
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The path of this route has no variable {" + name + "}");
    }
    return value;
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
  }

  @Override
  public long query(String name, long fallback, long min, long max) throws HttpProblem {
    Optional<String> text = query(name);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      long number = Long.parseLong(text.get());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, together with the range.
    }
    throw HttpProblem.badRequest(
        name + ": \"" + text.get() + "\" is not an integer from " + min + " to " + max);
  }

  @Override
  public String body() throws HttpProblem {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw HttpProblem.badRequest("The body is not valid UTF-8");
    }
  }

  @Override
  public <T> T json(Class<T> type) throws HttpProblem {
    return Json.read(body(), type);
  }

  @Override
  public Identity caller() {
    return caller.orElseThrow(
        () -> new IllegalStateException("This route needs no authentication, so it has no caller"));
  }
}
