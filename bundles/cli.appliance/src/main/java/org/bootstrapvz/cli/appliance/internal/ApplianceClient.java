/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests to the HTTP API of an appliance. */
final class ApplianceClient {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

  private final String address;
  private final String token;
  private final HttpClient client;
  private final JsonMapper json = JsonMapper.shared();

  ApplianceClient(String address, String token, HttpClient client) {
    this.address = address;
    this.token = token;
    this.client = client;
  }

  String address() {
    return address;
  }

  /** A request with the token. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .header("Authorization", "Bearer " + token);
  }

  /** A value as a part of a path or a query. */
  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  JsonNode get(String path) throws ApplianceException, InterruptedException {
    return exchange(request(path).GET());
  }

  JsonNode post(String path, String type, BodyPublisher body)
      throws ApplianceException, InterruptedException {
    return exchange(request(path).header("Content-Type", type).POST(body));
  }

  JsonNode delete(String path) throws ApplianceException, InterruptedException {
    return exchange(request(path).DELETE());
  }

  private JsonNode exchange(HttpRequest.Builder request)
      throws ApplianceException, InterruptedException {
    try (InputStream body = open(request.timeout(REQUEST_TIMEOUT)).body()) {
      byte[] bytes = body.readAllBytes();
      return bytes.length == 0 ? json.createObjectNode() : json.readTree(bytes);
    } catch (IOException e) {
      throw new ApplianceException("The connection to " + address + " was lost");
    } catch (JacksonException e) {
      throw new ApplianceException(
          "The response of " + address + " is not that of an appliance; check the address");
    }
  }

  JsonNode parse(String text) {
    return json.readTree(text);
  }

  /** Sends a request and returns the response, unless it is an error. */
  HttpResponse<InputStream> open(HttpRequest.Builder request)
      throws ApplianceException, InterruptedException {
    HttpResponse<InputStream> response;
    try {
      response = client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (ConnectException e) {
      throw new ApplianceException(
          "No appliance is running at "
              + address
              + "; start one with \"bootstrap-vz serve\", or use --server=URL");
    } catch (SSLException e) {
      throw new ApplianceException(
          "The certificate of "
              + address
              + " is not trusted: "
              + e.getMessage()
              + "; use --ca-file=FILE to trust its issuer");
    } catch (IOException e) {
      throw new ApplianceException(
          "Cannot connect to "
              + address
              + ": "
              + Optional.ofNullable(e.getMessage()).orElse("no response"));
    }
    if (response.statusCode() >= 400) {
      throw problem(response);
    }
    return response;
  }

  private ApplianceException problem(HttpResponse<InputStream> response) {
    String text = address + " responded with status " + response.statusCode();
    try (InputStream body = response.body()) {
      JsonNode problem = json.readTree(body.readAllBytes());
      List<String> lines = new ArrayList<>();
      for (JsonNode each : problem.path("problems")) {
        lines.add(line(each));
      }
      return new ApplianceException(
          response.statusCode(), problem.path("detail").asString(text), lines);
    } catch (IOException | JacksonException e) {
      return new ApplianceException(response.statusCode(), text, List.of());
    }
  }

  /** As the problems of a local manifest are shown, without the file. */
  private static String line(JsonNode problem) {
    String path = problem.path("path").asString("");
    String remedy = problem.path("remedy").asString("");
    return problem.path("line").asInt()
        + ":"
        + problem.path("column").asInt()
        + ": "
        + problem.path("severity").asString("error")
        + ": "
        + (path.isEmpty() ? "" : path + ": ")
        + problem.path("message").asString("")
        + (remedy.isEmpty() ? "" : ". " + remedy);
  }
}
