/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.exchange;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.Response;

/** Writes answers to the connection. */
public final class Responses {
  /** The content type of a problem. */
  public static final String PROBLEM_TYPE = "application/problem+json";

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
          Map.entry(414, "Address too long"),
          Map.entry(415, "Unsupported media type"),
          Map.entry(416, "Range not satisfiable"),
          Map.entry(421, "Misdirected request"),
          Map.entry(422, "Unprocessable content"),
          Map.entry(429, "Too many requests"),
          Map.entry(431, "Headers too large"),
          Map.entry(500, "Internal server error"),
          Map.entry(501, "Not implemented"),
          Map.entry(503, "Service unavailable"),
          Map.entry(505, "HTTP version not supported"),
          Map.entry(507, "Insufficient storage"));

  private Responses() {}

  /** Converts the body to bytes, so that {@link #complete} runs no code of other bundles. */
  public static Response toBytes(Response answer) {
    return new Response(answer.status(), answer.headers(), bytes(answer));
  }

  /**
   * Writes an answer to a request that was made asynchronous, without blocking.
   *
   * @param head whether the method is HEAD, so that the answer has no body
   */
  public static void complete(AsyncContext context, boolean head, Response answer)
      throws IOException {
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    if (answer.body() instanceof StreamBody stream) {
      setHead(response, answer);
      response.setContentType(stream.type());
      stream.length().ifPresent(response::setContentLengthLong);
      if (head) {
        context.complete();
      } else {
        stream.start(context);
      }
      return;
    }
    Response.Bytes bytes = bytes(answer);
    setHead(response, answer);
    if (!bytes.type().isEmpty()) {
      response.setContentType(bytes.type());
      response.setContentLengthLong(bytes.content().length);
    }
    if (head || bytes.content().length == 0) {
      context.complete();
    } else {
      AsyncResponse.start(context, new OnePiece(bytes.content()));
    }
  }

  private static Response.Bytes bytes(Response answer) {
    if (answer.body() instanceof Response.Bytes bytes) {
      return bytes;
    }
    if (answer.body() instanceof Response.Json json) {
      return new Response.Bytes(Json.TYPE, Json.bytes(json.value()));
    }
    if (answer.body() instanceof Response.Empty) {
      return new Response.Bytes("", new byte[0]);
    }
    throw new IllegalArgumentException(
        "The body is of the unknown type " + answer.body().getClass().getName());
  }

  private static void setHead(HttpServletResponse response, Response answer) {
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
  }

  /**
   * Answers with a problem in the thread of the request. The server sends it when the thread has
   * returned, so a client that does not read holds no thread.
   */
  public static void refuse(
      HttpServletRequest request, HttpServletResponse response, HttpProblem problem)
      throws IOException {
    if (response.isCommitted()) {
      return; // A part of another answer has been sent.
    }
    response.resetBuffer();
    SecurityHeaders.ALL.forEach(response::setHeader);
    setHead(response, problem(problem));
    response.setContentType(PROBLEM_TYPE);
    byte[] body = bytes(problem);
    if (request.getMethod().equals("HEAD")) {
      response.setContentLength(body.length);
    } else {
      // With a length, or in a smaller buffer, it would be sent at once.
      response.setBufferSize(body.length + 1);
      response.getOutputStream().write(body);
    }
  }

  /** The body of the answer for a problem. */
  public static byte[] bytes(HttpProblem problem) {
    return bytes(problem(problem)).content();
  }

  /** The answer for a problem. It has no type, which means that the title says everything. */
  public static Response problem(HttpProblem problem) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("title", TITLES.getOrDefault(problem.status(), "Error"));
    json.put("status", problem.status());
    json.put("detail", problem.detail());
    json.putAll(problem.members());
    return new Response(
        problem.status(), problem.headers(), new Response.Bytes(PROBLEM_TYPE, Json.bytes(json)));
  }

  /** A body in one piece. */
  private static final class OnePiece implements AsyncResponse.Source {
    private final byte[] content;
    private boolean sent;

    OnePiece(byte[] content) {
      this.content = content;
    }

    @Override
    public Optional<byte[]> next() {
      if (sent) {
        return Optional.empty();
      }
      sent = true;
      return Optional.of(content);
    }

    @Override
    public void close() {}
  }
}
