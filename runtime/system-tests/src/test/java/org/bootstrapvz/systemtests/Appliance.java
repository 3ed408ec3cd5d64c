/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service of the distribution, in a separate directory, used over HTTP. */
final class Appliance {
  private static final JsonMapper JSON = new JsonMapper();

  final Distribution distribution;
  final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> environment = new HashMap<>();
  private Distribution.Running running;

  /** Starts with an empty directory; does not start the service yet. */
  Appliance(String name) throws IOException {
    distribution = new Distribution(name);
    delete(distribution.folder());
    Files.createDirectories(deployFolder());
    environment.put("BOOTSTRAP_VZ_CONF", folder("conf").toString());
    environment.put("BOOTSTRAP_VZ_DEPLOY", deployFolder().toString());
    configure("http", "port = 0");
    configure("queue", "concurrency = 1");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    Files.createDirectories(folder);
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(distribution.folder().resolve(name));
  }

  Path deployFolder() throws IOException {
    return folder("deploy");
  }

  /** The directory of the builds, next to the state of the engine. */
  Path stateFolder() throws IOException {
    return folder("state");
  }

  /** Writes a file of its configuration. */
  void configure(String what, String text) throws IOException {
    Files.writeString(folder("conf").resolve("org.bootstrapvz.appliance." + what + ".cfg"), text);
  }

  /** Sets a variable of the environment of the service. */
  void setVariable(String name, String value) {
    environment.put(name, value);
  }

  void serve() throws IOException, InterruptedException {
    running = distribution.start(List.of(distribution.command().toString(), "serve"), environment);
    running.await(line -> line.contains("Listening on http://127.0.0.1:"));
  }

  Distribution.Running process() {
    return running;
  }

  /** Kills it. */
  void kill() throws IOException, InterruptedException {
    running.signal("KILL");
    running.end();
  }

  /** Requests it to stop. */
  Distribution.Outcome stop() throws IOException, InterruptedException {
    running.signal("TERM");
    return running.end();
  }

  private String state(String file) throws IOException {
    return Files.readString(stateFolder().resolve("appliance").resolve(file)).strip();
  }

  /** The address it listens on. */
  String address() throws IOException {
    return state("address");
  }

  /** The token of its first admin. */
  String token() throws IOException {
    return state("admin.token");
  }

  HttpRequest.Builder request(String path) throws IOException {
    return HttpRequest.newBuilder(URI.create(address() + path))
        .header("Authorization", "Bearer " + token());
  }

  HttpRequest submission(String name, String manifest) throws IOException {
    return request("/api/v1/builds?name=" + name)
        .header("Content-Type", "application/yaml")
        .POST(BodyPublishers.ofString(manifest))
        .build();
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  /** Submits a manifest; returns the number of the build. */
  long submit(String name, String manifest) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(submission(name, manifest));
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body()).get("id").asLong();
  }

  /** The response, as JSON. */
  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request(path).build());
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  JsonNode build(long id) throws IOException, InterruptedException {
    return get("/api/v1/builds/" + id);
  }

  /** Follows a build until an event has occurred this number of times, at most until its end. */
  void follow(long id, String event, int times) throws IOException, InterruptedException {
    HttpRequest request =
        request("/api/v1/builds/" + id + "/events").header("Accept", "text/event-stream").build();
    try (Stream<String> lines = client.send(request, BodyHandlers.ofLines()).body()) {
      lines.filter(line -> line.equals("event: " + event)).skip(times - 1).findFirst();
    }
  }

  /**
   * Waits until a build has ended; returns its final state. A stream that breaks off, because the
   * database is not available, is requested again.
   */
  JsonNode end(long id) throws IOException, InterruptedException {
    running
        .stallDetector()
        .until(() -> "build " + id + " does not end\n" + running.output(), () -> ended(id));
    return build(id);
  }

  private boolean ended(long id) throws IOException, InterruptedException {
    follow(id, "end", 1);
    HttpResponse<String> answer = send(request("/api/v1/builds/" + id).build());
    return answer.statusCode() == 200
        && !List.of("queued", "running")
            .contains(JSON.readTree(answer.body()).get("state").asString());
  }

  /** The SHA-256 of a file. */
  static String digest(Path file) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (var in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A manifest whose image has no kernel, so that it builds quickly. */
  static String container(String name) {
    return """
        name: %s
        provider: {name: docker}
        bootstrapper: {workspace: images, variant: minbase}
        system: {release: bookworm, architecture: amd64, bootloader: none, charmap: UTF-8, locale: C, timezone: UTC}
        volume:
          backing: folder
          partitions: {type: none, root: {filesystem: ext4, size: 1GiB}}
        """
        .formatted(name);
  }
}
