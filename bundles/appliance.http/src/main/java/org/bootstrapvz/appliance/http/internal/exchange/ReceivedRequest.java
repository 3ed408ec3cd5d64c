/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.appliance.api.access.Identity;

/** A request that a route answers, and its answer. */
final class Exchange {
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Map<String, String> variables;
  private final Optional<Identity> caller;
  private final int mostBytes;

  Exchange(
      HttpServletRequest request,
      HttpServletResponse response,
      Map<String, String> variables,
      Optional<Identity> caller,
      int mostBytes) {
    this.request = request;
    this.response = response;
    this.variables = variables;
    this.caller = caller;
    this.mostBytes = mostBytes;
  }

  HttpServletRequest request() {
    return request;
  }

  HttpServletResponse response() {
    return response;
  }

  /** The value of a variable of the path. */
  String variable(String name) {
    return variables.get(name);
  }

  /** The id of a build in the path. */
  long build() throws HttpProblem {
    String text = variable("id");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw HttpProblem.notFound("There is no build " + text + "; the id of a build is a number");
    }
  }

  /** Who calls; only a route that asks for a role may ask. */
  Identity caller() {
    return caller.orElseThrow();
  }

  boolean isHead() {
    return request.getMethod().equals("HEAD");
  }

  /** A parameter of the query. */
  Optional<String> query(String name) {
    return Optional.ofNullable(request.getParameter(name)).filter(value -> !value.isEmpty());
  }

  /** A number in the query. */
  long query(String name, long fallback, long least, long most) throws HttpProblem {
    Optional<String> text = query(name);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      long number = Long.parseLong(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, together with the range.
    }
    throw HttpProblem.badRequest(
        name + ": \"" + text.get() + "\" is not a whole number from " + least + " to " + most);
  }

  /** The text of the body. */
  String body() throws IOException, HttpProblem {
    if (request.getContentLengthLong() > mostBytes) {
      throw tooLarge();
    }
    byte[] bytes;
    try (InputStream in = request.getInputStream()) {
      bytes = in.readNBytes(mostBytes + 1);
    }
    if (bytes.length > mostBytes) {
      throw tooLarge();
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw HttpProblem.badRequest("The body is not UTF-8");
    }
  }

  /** What follows of the body is not read, so the connection cannot be used again. */
  private HttpProblem tooLarge() {
    return new HttpProblem(413, "The body is larger than " + mostBytes + " bytes")
        .header("Connection", "close");
  }

  /** Answers with an object. */
  void send(int status, Object value) throws IOException {
    send(status, Json.TYPE, Json.bytes(value));
  }

  /** Answers with bytes. */
  void send(int status, String type, byte[] bytes) throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLengthLong(bytes.length);
    if (!isHead()) {
      response.getOutputStream().write(bytes);
    }
  }
}
