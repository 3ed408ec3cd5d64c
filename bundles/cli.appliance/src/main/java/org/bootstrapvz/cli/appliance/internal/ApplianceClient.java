/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests to the HTTP API of an appliance. */
final class ApplianceClient {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
  private static final int REDIRECT = 300;
  private static final int ERROR = 400;

  private final Transport transport;
  private final JsonMapper json = JsonMapper.shared();

  ApplianceClient(Transport transport) {
    this.transport = transport;
  }

  /** A value as a part of a path or a query. */
  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  JsonNode get(String path) throws ApplianceException, InterruptedException {
    return exchange(ApiRequest.of("GET", path));
  }

  /** Sends a request with a body, which may be empty. */
  JsonNode post(String path, String type, String body)
      throws ApplianceException, InterruptedException {
    return exchange(ApiRequest.of("POST", path).body(type, body));
  }

  JsonNode delete(String path) throws ApplianceException, InterruptedException {
    return exchange(ApiRequest.of("DELETE", path));
  }

  private JsonNode exchange(ApiRequest request) throws ApplianceException, InterruptedException {
    try (InputStream body = open(request, REQUEST_TIMEOUT).body()) {
      byte[] bytes = body.readAllBytes();
      return bytes.length == 0 ? json.createObjectNode() : json.readTree(bytes);
    } catch (IOException e) {
      throw lost();
    } catch (JacksonException e) {
      throw new ApplianceException(
          "The response of "
              + transport.appliance()
              + " is not that of an appliance; check the address");
    }
  }

  /**
   * What to report when a response breaks off.
   *
   * @throws InterruptedException if that is because the user interrupted the command
   */
  ApplianceException lost() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return new ApplianceException("The connection to " + transport.appliance() + " was lost");
  }

  JsonNode parse(String text) {
    return json.readTree(text);
  }

  /** Sends a request and returns the response, unless it is an error. It may take any time. */
  ApiResponse open(ApiRequest request) throws ApplianceException, InterruptedException {
    return open(request, Duration.ZERO);
  }

  private ApiResponse open(ApiRequest request, Duration timeout)
      throws ApplianceException, InterruptedException {
    ApiResponse response;
    try {
      response = transport.send(request, timeout);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new ApplianceException(
          "Cannot connect to "
              + transport.appliance()
              + ": "
              + Optional.ofNullable(e.getMessage()).orElse("no response"));
    }
    if (response.status() >= ERROR) {
      throw problem(response);
    }
    if (response.status() >= REDIRECT) {
      throw new ApplianceException(
          transport.appliance()
              + " redirects to "
              + response.header("Location").orElse("nowhere").replaceAll("\\p{Cntrl}", "?")
              + ". Redirects are not followed, as a token belongs to one server");
    }
    return response;
  }

  private ApplianceException problem(ApiResponse response) {
    String text = transport.appliance() + " responded with status " + response.status();
    try (InputStream body = response.body()) {
      JsonNode problem = json.readTree(body.readAllBytes());
      List<ReportedProblem> problems = new ArrayList<>();
      for (JsonNode each : problem.path("problems")) {
        problems.add(ReportedProblem.of(each));
      }
      return new ApplianceException(
          response.status(), problem.path("detail").asString(text), problems);
    } catch (IOException | JacksonException e) {
      return new ApplianceException(response.status(), text, List.of());
    }
  }
}
