/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.connections;

import java.nio.ByteBuffer;
import java.util.Map;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.http.internal.exchange.Responses;
import org.bootstrapvz.appliance.http.internal.exchange.SecurityHeaders;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what the server itself refuses, before a servlet sees it or when a servlet failed. The
 * answers of Jetty are pages in HTML that name Jetty and quote the request.
 */
final class ProblemHandler implements Request.Handler {
  private static final Map<Integer, String> DETAILS =
      Map.of(
          400, "The request is malformed",
          404, "There is nothing at this address; see /api/v1/openapi.json for what exists",
          405, "This method is not allowed here",
          408, "Timed out reading the request",
          413, "The body is too large",
          414, "The address is too long",
          431, "The headers are too large",
          501, "This method is not known",
          503, "The appliance is not ready; try again later",
          505, "This version of HTTP is not supported");

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = status(response.getStatus());
    response.setStatus(status);
    SecurityHeaders.ALL.forEach(response.getHeaders()::put);
    byte[] body = Responses.bytes(new HttpProblem(status, detail(status)));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Responses.PROBLEM_TYPE);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    boolean head = HttpMethod.HEAD.is(request.getMethod());
    response.write(true, head ? null : ByteBuffer.wrap(body), callback);
    return true;
  }

  private static int status(int status) {
    return status >= 400 && status <= 599 ? status : HttpStatus.INTERNAL_SERVER_ERROR_500;
  }

  private static String detail(int status) {
    return DETAILS.getOrDefault(
        status,
        status < 500
            ? "The request is not acceptable"
            : "Internal server error; see the log of the appliance");
  }
}
