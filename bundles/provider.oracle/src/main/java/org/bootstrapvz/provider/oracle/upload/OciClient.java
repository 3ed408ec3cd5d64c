/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Refusal;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.RetryingClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests to one service, and its errors. Used by one thread.
 *
 * @param right what a policy has to allow for this service
 */
record OciClient(
    HttpConnection connection,
    RetryingClient client,
    RequestSigner signer,
    Consumer<String> log,
    Credentials credentials,
    String right) {
  /** Sends a request that may be processed twice without harm. */
  Response send(Supplier<HttpRequest.Builder> request) throws BuildException {
    try {
      return client.repeatable(() -> request.get().setHeader("accept", "application/json"));
    } finally {
      signer.report(log);
    }
  }

  /** Returns a request with a body whose digest is signed. */
  static HttpRequest.Builder json(URI address, String method, ObjectNode body) {
    byte[] bytes = body.toString().getBytes(UTF_8);
    return HttpRequest.newBuilder(address)
        .setHeader("content-type", "application/json")
        .setHeader(RequestSigner.BODY_DIGEST, RequestSigner.digest(bytes))
        .method(method, BodyPublishers.ofByteArray(bytes));
  }

  /** Returns the error for a response that is not the expected one. */
  BuildException refusal(String what, Response response) {
    return new BuildException(
        Refusal.describe(connection.server(), what, response)
            + OciError.remedy(response, right, credentials));
  }

  /** Returns the body of a response with status 2xx; for others, throws the error. */
  JsonNode required(String what, Response response) throws BuildException {
    if (!response.isSuccess()) {
      throw refusal(what, response);
    }
    return response.json();
  }

  /**
   * Returns the bodies of all pages of a list.
   *
   * @param address of the first page, with a query
   */
  List<JsonNode> pages(String what, URI address) throws BuildException {
    return pages(
        what,
        page ->
            HttpRequest.newBuilder(
                    URI.create(address + (page.isEmpty() ? "" : "&page=" + encoded(page))))
                .GET());
  }

  /** Asks for a page. */
  interface Page {
    /**
     * Returns the request.
     *
     * @param token names the page; empty for the first
     */
    HttpRequest.Builder request(String token);
  }

  /** Returns the bodies of all pages of a list. */
  List<JsonNode> pages(String what, Page request) throws BuildException {
    List<JsonNode> bodies = new ArrayList<>();
    String page = "";
    do {
      String current = page;
      Response response = send(() -> request.request(current));
      bodies.add(required(what, response));
      page = response.header("opc-next-page").orElse("");
    } while (!page.isEmpty());
    return bodies;
  }

  /** Encodes a part of a path or of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
