/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Refusal;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.Retries;
import org.bootstrapvz.cloud.http.RetryingClient;
import org.bootstrapvz.provider.gce.internal.login.Source;
import tools.jackson.databind.JsonNode;

/** Requests to one service of Google, and its errors. Used by one thread. */
final class GoogleClient {
  private final HttpConnection connection;
  private final RetryingClient client;
  private final Source source;

  /** Not those of the client, which counts the refusal as a success. */
  private final Retries throttled;

  GoogleClient(HttpConnection connection, RetryingClient client, Retries throttled, Source source) {
    this.connection = connection;
    this.client = client;
    this.throttled = throttled;
    this.source = source;
  }

  HttpConnection connection() {
    return connection;
  }

  /**
   * Sends a request that may be processed twice without harm, and repeats it while it fails for a
   * passing reason.
   */
  Response send(Supplier<HttpRequest.Builder> request) throws BuildException {
    while (true) {
      long start = System.nanoTime();
      Response response =
          client.repeatable(() -> request.get().setHeader("Accept", "application/json"));
      if (!isThrottled(response)) {
        throttled.succeeded();
        return response;
      }
      throttled.pause(
          refusal("has too many requests", response),
          Duration.ofNanos(System.nanoTime() - start),
          response.retryAfter());
    }
  }

  /** Returns whether there were too many requests; Google also says so with the status 403. */
  static boolean isThrottled(Response response) {
    return response.status() == HTTP_FORBIDDEN && reason(response).matches("(user)?[rR]ateLimit.*");
  }

  private static String reason(Response response) {
    return response.json().at("/error/errors/0/reason").asString("");
  }

  /** Returns the error for a response that is not the expected one. */
  BuildException refusal(String what, Response response) {
    String reason = reason(response);
    String remedy = "";
    if (reason.equals("quotaExceeded")) {
      remedy = ". " + Operation.QUOTA_REMEDY;
    } else if (reason.equals("accessNotConfigured")
        || response.text().contains("SERVICE_DISABLED")) {
      remedy = ". Enable this API for the project: gcloud services enable " + connectionHost();
    } else if (response.status() == HTTP_FORBIDDEN || response.status() == HTTP_UNAUTHORIZED) {
      remedy = ". The login is from " + source;
    }
    return new BuildException(Refusal.describe(connection.server(), what, response) + remedy);
  }

  private String connectionHost() {
    return connection.server().name().startsWith("Compute")
        ? "compute.googleapis.com"
        : "storage.googleapis.com";
  }

  /** Returns the body of a response with status 2xx; for others, throws the error. */
  JsonNode required(String what, Response response) throws BuildException {
    if (!response.isSuccess()) {
      throw refusal(what, response);
    }
    return response.json();
  }

  /** Encodes a part of a path or of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
