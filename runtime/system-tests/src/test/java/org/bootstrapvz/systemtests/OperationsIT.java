/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The operation of an appliance: configuration files, log, shell, health. */
class OperationsIT {
  private static final String PREFIX = "org.bootstrapvz.appliance.";

  private Distribution distribution;
  private Path conf;

  @BeforeEach
  void makeFolders() throws IOException {
    distribution = new Distribution("operations");
    try (Stream<Path> paths = Files.walk(distribution.folder())) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    conf = Files.createDirectories(distribution.folder().resolve("conf"));
    Files.createDirectories(distribution.folder().resolve("deploy"));
    configure("http", "port = 0");
  }

  private void configure(String what, String text) throws IOException {
    Files.writeString(conf.resolve(PREFIX + what + ".cfg"), text + "\n");
  }

  private Distribution.Running serve() throws IOException {
    return distribution.start(
        List.of(distribution.command().toString(), "serve"),
        Map.of(
            "BOOTSTRAP_VZ_CONF",
            conf.toString(),
            "BOOTSTRAP_VZ_DEPLOY",
            distribution.folder().resolve("deploy").toString()));
  }

  private String state(String file) throws IOException {
    return Files.readString(distribution.folder().resolve("state/appliance/" + file)).strip();
  }

  private Distribution.Outcome shell(String... words) throws Exception {
    return distribution.run(
        Stream.concat(Stream.of("shell"), Stream.of(words)).toArray(String[]::new));
  }

  @Test
  void errorsInTheConfigurationAreReportedAndPreventTheStart() throws Exception {
    configure("http", "port = 70000");
    configure("queue", "keepDayz = 3");
    try (Distribution.Running appliance = serve()) {
      Distribution.Outcome outcome = appliance.end();

      assertEquals(3, outcome.status(), outcome.output());
      assertTrue(
          outcome
              .output()
              .contains(
                  conf
                      + "/"
                      + PREFIX
                      + "http.cfg:1: port: \"70000\" is not valid; expected a whole number from 0"
                      + " to 65535"),
          outcome.output());
      assertTrue(
          outcome.output().contains(PREFIX + "queue.cfg:1: keepDayz: Unknown setting"),
          outcome.output());
      assertFalse(outcome.output().contains("Listening on"), outcome.output());
    }
  }

  @Test
  void theLogHasOneObjectPerLineWithoutTokensAndLaterErrorsAreReportedWhileItRuns()
      throws Exception {
    configure("log", "format = json\nlevel = debug\nlibraries = debug");
    try (Distribution.Running appliance = serve()) {
      appliance.await(line -> line.contains("Listening on http://127.0.0.1:"));
      String token = state("admin.token");
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(state("address") + "/api/v1/status"))
              .header("Authorization", "Bearer " + token);
      HttpClient client = HttpClient.newHttpClient();
      assertEquals(200, client.send(request.build(), BodyHandlers.ofString()).statusCode());
      appliance.await(line -> line.contains("Authorization"));

      configure("queue", "keepFor = three");
      appliance.await(line -> line.contains("keepFor: \\\"three\\\" is not valid"));
      String health = shell("health").output();
      assertTrue(health.matches("(?s).*configuration +WARN +.*keepFor.*"), health);
      configure("log", "format = json");
      configure("queue", "keepFor = 3d");
      appliance.await(
          line -> line.contains("Applied the changed org.bootstrapvz.appliance.queue.cfg"));
      awaitRestart(client, token);

      appliance.signal("TERM");
      Distribution.Outcome outcome = appliance.end();
      assertEquals(0, outcome.status(), outcome.output());
      for (String line : outcome.output().lines().toList()) {
        Map<?, ?> record = assertInstanceOf(Map.class, new Yaml().load(line), line);
        assertTrue(record.containsKey("time") && record.containsKey("message"), line);
      }
      assertFalse(outcome.output().contains(token), "a token in the log");
    }
  }

  /**
   * Services that depend on the queue restart with it; the HTTP server chooses another port if none
   * is configured.
   */
  private void awaitRestart(HttpClient client, String token) throws Exception {
    int status = 0;
    while (status != 200) {
      try {
        URI uri = URI.create(state("address") + "/api/v1/status");
        HttpRequest request =
            HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).build();
        status = client.send(request, BodyHandlers.ofString()).statusCode();
      } catch (IOException | IllegalArgumentException e) {
        Thread.onSpinWait(); // it is not listening at this moment
      }
    }
  }

  @Test
  void onlyTheOperatorHasAShell() throws Exception {
    try (Distribution.Running appliance = serve()) {
      appliance.await(line -> line.contains("Listening on http://127.0.0.1:"));
      Path socket = distribution.folder().resolve("state/appliance/shell");
      while (Files.notExists(socket)) {
        Thread.onSpinWait();
      }

      assertTrue(shell("status").output().contains("0 of 2 builds running"));
      assertTrue(shell("lb -s").output().contains("org.bootstrapvz.appliance"));
      Distribution.Outcome unknown = shell("cancel", "77");
      assertEquals(3, unknown.status());
      assertEquals("There is no build 77", unknown.output());
      Path jar = Files.writeString(distribution.folder().resolve("no.jar"), "no jar");
      assertEquals(0, shell("deploy", jar.toString()).status());
      String plugins = shell("plugins").output();
      while (!plugins.contains("no.jar")) {
        plugins = shell("plugins").output();
      }
      assertTrue(plugins.matches("(?s).*no\\.jar +refused .*"), plugins);
      assertTrue(shell("health").output().matches("(?s).*deploy +WARN +no\\.jar.*"));
      Process otherUser =
          new ProcessBuilder(
                  "setpriv", "--reuid=65534", "--clear-groups", "test", "-w", socket.toString())
              .start();
      assertFalse(otherUser.waitFor() == 0, "another user can connect to the socket");

      appliance.signal("TERM");
      assertEquals(0, appliance.end().status());
      Distribution.Outcome late = shell("status");
      assertEquals(3, late.status());
      assertTrue(late.output().contains("It must be running on this host"), late.output());
    }
  }
}
