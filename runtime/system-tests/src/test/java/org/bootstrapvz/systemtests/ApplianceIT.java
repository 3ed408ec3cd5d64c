/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The appliance from the perspective of its users and administrators. */
class ApplianceIT {
  private Appliance appliance;
  private Distribution distribution;

  @BeforeEach
  void start() throws Exception {
    appliance = new Appliance("appliance");
    distribution = appliance.distribution;
    appliance.serve();
  }

  @AfterEach
  void stop() throws Exception {
    Distribution.Outcome outcome = appliance.stop();
    assertEquals(0, outcome.status(), outcome.output());
    assertEquals(List.of(), distribution.leftovers());
  }

  private int status(HttpRequest request) throws IOException, InterruptedException {
    return appliance.send(request).statusCode();
  }

  private Distribution.Outcome run(String... arguments) throws IOException, InterruptedException {
    Distribution.Outcome outcome = distribution.run(arguments);
    assertEquals(0, outcome.status(), outcome.output());
    return outcome;
  }

  @Test
  void aSubmittedManifestIsBuiltAndItsImageDownloadedUnchanged() throws Exception {
    Path manifest =
        distribution.manifest("bookworm.yml", Files.readString(Distribution.example("bookworm")));
    Distribution.Outcome built = run("submit", "--wait", manifest.toString());
    assertTrue(built.output().contains("Build 1: succeeded"), built.output());
    assertTrue(run("log", "-f", "1").output().contains("mmdebstrap"));
    String list = run("artefacts", "1").output();
    String sha256 = list.substring(0, 64);
    Path fetched = distribution.folder().resolve("fetched");
    run("fetch", "1", "--output", fetched.toString());
    Path image = fetched.resolve(list.substring(66).strip());
    assertEquals(sha256, Appliance.digest(image));
    // A partial download is resumed, and a file with a wrong checksum is deleted.
    byte[] half = new byte[1 << 20];
    try (var in = Files.newInputStream(image)) {
      assertEquals(half.length, in.readNBytes(half, 0, half.length));
    }
    Files.write(image.resolveSibling(image.getFileName() + ".part"), half);
    Files.delete(image);
    run("fetch", "1", "--output", fetched.toString());
    assertEquals(sha256, Appliance.digest(image));
  }

  @Test
  void afterAKillTheQueueIsCompleteAndNothingIsLeft() throws Exception {
    Path manifest =
        distribution.manifest("bookworm.yml", Files.readString(Distribution.example("bookworm")));
    for (int i = 0; i < 3; i++) {
      run("submit", manifest.toString());
    }
    try (Distribution.Running log = distribution.start("log", "-f", "1")) {
      log.await(line -> line.contains("mmdebstrap"));
    }
    appliance.kill();
    appliance.serve();
    appliance.end(1); // What it left is released first.
    String builds = run("builds").output();
    assertTrue(builds.matches("(?s).*\\n1 +interrupted .*"), builds);
    assertTrue(builds.matches("(?s).*\\n2 +(queued|running) .*\\n1 .*"), builds);
    assertTrue(builds.matches("(?s).*\\n3 +queued .*"), builds);
    run("cancel", "3");
    run("cancel", "2");
    Distribution.Outcome second = distribution.run("submit", "--wait", missing().toString());
    assertEquals(1, second.status(), "a manifest with errors: " + second.output());
    assertTrue(run("builds", "--state", "cancelled").output().contains("\n3 "));
  }

  private Path missing() throws IOException {
    return distribution.manifest("odd.yml", "provider: [\n");
  }

  @Test
  void unauthorisedAndInvalidRequestsAreRejectedWithTheReason() throws Exception {
    String address = appliance.address();
    assertEquals(200, status(HttpRequest.newBuilder(URI.create(address + "/health")).build()));
    assertEquals(
        401, status(HttpRequest.newBuilder(URI.create(address + "/api/v1/builds")).build()));
    assertEquals(
        401,
        status(
            HttpRequest.newBuilder(URI.create(address + "/api/v1/builds"))
                .header("Authorization", "Bearer wrong")
                .build()));
    assertEquals(413, status(appliance.submission("m.yml", "#".repeat((1 << 20) + 1))));
    assertEquals(422, status(appliance.submission("m.yml", "provider: [")));
    assertEquals(404, status(appliance.request("/api/v1/builds/77").build()));
    assertEquals(404, status(appliance.request("/api/v1/builds/1/artefacts/..%3b").build()));
    Distribution.Outcome viewer = run("token", "add", "vera", "--role", "viewer");
    String token = viewer.output().lines().findFirst().orElseThrow();
    assertEquals(
        403,
        status(
            HttpRequest.newBuilder(URI.create(address + "/api/v1/builds"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofString("a: b"))
                .build()));
    assertTrue(!appliance.process().output().contains(appliance.token()), "no token in a log");
  }

  @Test
  void fiveHundredConcurrentSubmissionsAreAllInTheHistory() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      answers.add(
          appliance.client.sendAsync(
              appliance.submission("m.yml", "provider: ["), BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertEquals(422, answer.get().statusCode(), answer.get().body());
    }
    assertEquals(501, run("builds", "--limit", "1000").output().lines().count());
  }
}
