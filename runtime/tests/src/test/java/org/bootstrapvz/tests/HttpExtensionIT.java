/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import javax.inject.Inject;
import org.bootstrapvz.tests.sample.GreetingResource;
import org.bootstrapvz.tests.sample.HangingCheck;
import org.bootstrapvz.tests.sample.KeyAuthenticator;
import org.bootstrapvz.tests.sample.StateWriter;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;

/**
 * A jar of a third party adds a resource, or an authenticator, to the HTTP API of the appliance.
 */
@RunWith(PaxExam.class)
public class HttpExtensionIT {
  private static final Path CONF = Platform.WORK.resolve("http-conf");
  private static final Path STATE = Platform.STATE.resolve("appliance");
  private static final long SECONDS = 120;
  private static final String BUNDLE = "org.acme.greetings";
  private static final String PATH = "/api/v1/greetings/";

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private final Logger logger = Logger.getLogger("org.bootstrapvz.appliance.http");
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          log.add(new SimpleFormatter().formatMessage(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @Inject private BundleContext context;
  private Platform platform;
  private String address;
  private String token;

  @Configuration
  public Option[] configuration() {
    return Platform.appliance(CONF);
  }

  @Before
  public void startAppliance() throws Exception {
    Files.createDirectories(CONF);
    Files.writeString(
        CONF.resolve("org.bootstrapvz.appliance.http.cfg"), "port = 0\nextensionTimeout = 2s\n");
    Platform.clean(STATE);
    logger.addHandler(handler);
    platform = Platform.start(context);
    platform.startAppliance();
    address = awaitFile(STATE.resolve("address"));
    token = awaitFile(STATE.resolve("admin.token"));
  }

  @After
  public void stopAppliance() throws Exception {
    platform.stopAppliance();
    logger.removeHandler(handler);
  }

  private static String awaitFile(Path file) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!Files.exists(file)) {
      assertTrue(file + " does not appear", System.nanoTime() < end);
      Thread.onSpinWait();
    }
    return Files.readString(file).strip();
  }

  private static SampleBundle bundle() {
    return new SampleBundle(BUNDLE, "1.0.0")
        .importing(
            "org.bootstrapvz.appliance.api.http;version=\"[1,2)\","
                + "org.bootstrapvz.appliance.api.access;version=\"[1,2)\"");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path));
  }

  private HttpRequest.Builder withToken(String path) {
    return request(path).header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  public void whatTheHttpServerRefusesIsAProblemToo() throws Exception {
    for (String path : List.of("/%", "/api/v1/builds/1%00", "/\\..\\", "/nowhere")) {
      URI server = URI.create(address);
      try (Socket socket = new Socket(server.getHost(), server.getPort())) {
        String request =
            "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(answer, answer.contains("application/problem+json"));
        assertTrue(answer, answer.contains("Content-Security-Policy: default-src 'none'"));
        assertFalse(answer, answer.toLowerCase(Locale.ROOT).contains("jetty"));
      }
    }
  }

  private CompletableFuture<HttpResponse<String>> post(String path) {
    return client.sendAsync(
        withToken(path).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
  }

  /** Repeats a request until its response has a status. */
  private String await(int status, HttpRequest.Builder request) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    HttpResponse<String> answer = send(request);
    while (answer.statusCode() != status) {
      assertTrue(answer.statusCode() + " " + answer.body(), System.nanoTime() < end);
      answer = send(request);
    }
    return answer.body();
  }

  /** Waits until the log has a line with a text. */
  private void awaitLog(String text) throws Exception {
    List<String> lines = new ArrayList<>();
    for (String line = ""; !line.contains(text); lines.add(line)) {
      line = log.poll(SECONDS, TimeUnit.SECONDS);
      assertTrue("not in the log: " + text + ", but: " + lines, line != null);
    }
  }

  @Test
  public void aResourceIsAddedProtectedAndRemoved() throws Exception {
    assertEquals(404, send(withToken(PATH + "Ada")).statusCode());
    Path file =
        bundle()
            .service(
                GreetingResource.class, "org.bootstrapvz.appliance.api.http.HttpResource", Map.of())
            .write();
    Platform.deploy(file, "greetings.jar");

    String greeting = await(200, withToken(PATH + "Ada"));
    assertTrue(greeting, greeting.contains("\"greeting\":\"Hello Ada\""));
    assertTrue(greeting, greeting.contains("\"from\":\"local-admin\""));
    assertEquals(401, send(request(PATH + "Ada")).statusCode());
    String description = send(withToken("/api/v1/openapi.json")).body();
    assertTrue(description, description.contains("\"x-bundle\":\"" + BUNDLE + " 1.0.0\""));
    assertTrue(description, description.contains("Greet somebody"));

    HttpResponse<String> failed = post(PATH + "failure").get();
    assertEquals(500, failed.statusCode());
    assertFalse(failed.body(), failed.body().contains("a bug of the plugin"));
    awaitLog("The bundle " + BUNDLE + " 1.0.0 failed to answer POST /api/v1/greetings/failure");

    List<CompletableFuture<HttpResponse<String>>> hanging = new ArrayList<>();
    for (int i = 0; i < 40; i++) { // more requests than the server has threads
      hanging.add(post(PATH + "pause"));
    }
    assertEquals(200, send(withToken("/api/v1/builds")).statusCode());
    assertEquals(200, send(request("/")).statusCode());
    for (CompletableFuture<HttpResponse<String>> each : hanging) {
      assertEquals(503, each.get().statusCode());
      assertTrue(each.get().body(), each.get().body().contains(BUNDLE));
    }
    awaitLog("The bundle " + BUNDLE + " 1.0.0 did not finish POST /api/v1/greetings/pause");

    Files.delete(Platform.DEPLOY.resolve("greetings.jar"));
    await(404, withToken(PATH + "Ada"));
  }

  @Test
  public void theUserOfTheApplianceIsAnAdminAtItsSocket() throws Exception {
    try (SocketChannel channel =
            SocketChannel.open(UnixDomainSocketAddress.of(STATE.resolve("api")));
        InputStream in = Channels.newInputStream(channel)) {
      channel.write(
          ByteBuffer.wrap(
              "GET /api/v1/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII)));
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer, answer.startsWith("HTTP/1.1 200"));
      assertTrue(answer, answer.contains("\"name\":\"" + System.getProperty("user.name") + "\""));
      assertTrue(answer, answer.contains("\"role\":\"admin\""));
    }
  }

  @Test
  public void aListenerIsNotifiedOfTheStatesOfBuilds() throws Exception {
    Path states = Files.createTempFile("states", "");
    System.setProperty("bootstrapvz.test.states", states.toString());
    Path file =
        new SampleBundle(BUNDLE, "1.0.0")
            .importing(
                "org.bootstrapvz.appliance.api.events;version=\"[1,2)\","
                    + "org.bootstrapvz.appliance.api.builds;version=\"[1,2)\"")
            .service(
                StateWriter.class,
                "org.bootstrapvz.appliance.api.events.BuildStateListener",
                Map.of())
            .write();
    Platform.deploy(file, "states.jar");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    String reported = "";

    // Repeated until the jar is deployed; a manifest with errors is rejected immediately.
    while (!reported.matches("(?s)(\\d+ REJECTED\\n)+")) {
      assertTrue("no state was reported: " + reported, System.nanoTime() < end);
      HttpResponse<String> refused =
          send(
              withToken("/api/v1/builds")
                  .header("Content-Type", "application/yaml")
                  .POST(BodyPublishers.ofString("provider: 1\n")));
      assertEquals(refused.body(), 422, refused.statusCode());
      reported = Files.readString(states);
    }

    Files.delete(Platform.DEPLOY.resolve("states.jar"));
    Files.delete(states);
  }

  @Test
  public void aHangingHealthCheckIsCriticalUntilItIsRemoved() throws Exception {
    await(200, request("/health"));
    Path file =
        new SampleBundle(BUNDLE, "1.0.0")
            .importing("org.apache.felix.hc.api;version=\"[2,3)\"")
            .service(
                HangingCheck.class,
                "org.apache.felix.hc.api.HealthCheck",
                Map.of("hc.name", "stuck"))
            .write();
    Platform.deploy(file, "stuck.jar");

    String health = await(503, request("/health"));
    assertTrue(health, health.contains("\"stuck\":\"critical\""));
    assertTrue(health, health.contains("\"queue\":\"ok\""));

    Files.delete(Platform.DEPLOY.resolve("stuck.jar"));
    await(200, request("/health"));
  }

  @Test
  public void anAuthenticatorIsAddedAndRemoved() throws Exception {
    HttpRequest.Builder withKey = request("/api/v1/session").header("X-Sample-Key", "open sesame");
    assertEquals(401, send(withKey).statusCode());
    Path file =
        bundle()
            .service(
                KeyAuthenticator.class,
                "org.bootstrapvz.appliance.api.http.Authenticator",
                Map.of())
            .write();
    Platform.deploy(file, "keys.jar");

    String caller = await(200, withKey);
    assertTrue(caller, caller.contains("\"ali\""));
    assertEquals(
        403, send(request("/api/v1/tokens").header("X-Sample-Key", "open sesame")).statusCode());
    assertEquals(
        401, send(request("/api/v1/session").header("X-Sample-Key", "another")).statusCode());
    assertEquals(200, send(withToken("/api/v1/session")).statusCode());

    Files.delete(Platform.DEPLOY.resolve("keys.jar"));
    await(401, withKey);
  }
}
