/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.testkit.StallDetector;

/** An admin of the appliance that a test has started, over HTTP. */
final class ApplianceClient {
  /** The directory of the appliance. */
  static final Path STATE = Platform.STATE.resolve("appliance");

  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;
  private final String token;

  /** Waits until the appliance listens. */
  ApplianceClient() throws IOException, InterruptedException {
    address = awaitFile(STATE.resolve("address"));
    token = awaitFile(STATE.resolve("admin.token"));
  }

  private static String awaitFile(Path file) throws IOException, InterruptedException {
    StallDetector.ofThisProcess().until(() -> file + " does not appear", () -> Files.exists(file));
    return Files.readString(file).strip();
  }

  URI address() {
    return URI.create(address);
  }

  String token() {
    return token;
  }

  /** A request with the token. */
  HttpResponse<String> send(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(address + path)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(
        request.header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
  }

  /** The body of an answer. */
  String get(String path) throws IOException, InterruptedException {
    return send(path).body();
  }

  /** Submits a manifest; returns the id of its build. */
  String submit(String manifest) throws IOException, InterruptedException {
    HttpResponse<String> submitted =
        send(
            HttpRequest.newBuilder(URI.create(address + "/api/v1/builds"))
                .header("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofString(manifest)));
    assertEquals(submitted.body(), 201, submitted.statusCode());
    Matcher id = ID.matcher(submitted.body());
    assertTrue(submitted.body(), id.find());
    return id.group(1);
  }

  /** Waits until a build has ended; returns its final state. */
  String ended(String id) throws IOException, InterruptedException {
    StallDetector.ofThisProcess()
        .withLimit(Duration.ofMinutes(5))
        .until(() -> "build " + id + " does not end", () -> hasEnded(id));
    return get("/api/v1/builds/" + id);
  }

  /** Whether a build has ended. */
  boolean hasEnded(String id) {
    try {
      // Its tasks, which come later, have states as well.
      return get("/api/v1/builds/" + id)
          .matches("(?s)[^\\[]*?\"state\":\"(succeeded|failed|interrupted)\".*");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
