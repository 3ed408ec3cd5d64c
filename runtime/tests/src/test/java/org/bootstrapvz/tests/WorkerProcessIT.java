/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.inject.Inject;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.testkit.StallDetector;
import org.bootstrapvz.tests.sample.Unruly;
import org.bootstrapvz.tests.sample.UnrulyProvider;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;

/** An appliance runs each build in a process of its own, from the bundles of its plan. */
@RunWith(PaxExam.class)
public class WorkerProcessIT {
  private static final Path CONF = Platform.WORK.resolve("worker-conf");
  private static final Path STATE = Platform.STATE.resolve("appliance");
  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();

  @Inject private BundleContext context;
  private Platform platform;
  private String address;
  private String token;

  @Configuration
  public Option[] configuration() {
    return new Option[] {
      Platform.options(),
      frameworkProperty("bootstrapvz.conf").value(CONF.toString()),
      frameworkProperty("bootstrapvz.deploy").value(Platform.DEPLOY.toString()),
      frameworkProperty("org.apache.felix.http.require.config").value("true")
    };
  }

  @Before
  public void startAppliance() throws Exception {
    Files.createDirectories(CONF);
    Files.writeString(CONF.resolve("org.bootstrapvz.appliance.http.cfg"), "port = 0\n");
    Platform.clean(STATE);
    platform = Platform.start(context);
    platform.startAppliance();
    address = awaitFile(STATE.resolve("address"));
    token = awaitFile(STATE.resolve("admin.token"));
  }

  @After
  public void stopAppliance() throws Exception {
    platform.stopAppliance();
  }

  private static String awaitFile(Path file) throws Exception {
    StallDetector.ofThisProcess().until(() -> file + " does not appear", () -> Files.exists(file));
    return Files.readString(file).strip();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(
        request.header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
  }

  private String submit(String name) throws Exception {
    String manifest =
        Files.readString(SampleManifest.write(name, "{}"))
            .replace("name: sample\nprovider", "name: " + name + "\nprovider")
            .replace("name: sample", "name: unruly");
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

  private String get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(address + path))).body();
  }

  private String ended(String id) throws Exception {
    StallDetector.ofThisProcess()
        .withLimit(java.time.Duration.ofMinutes(5))
        .until(
            () -> "build " + id + " does not end",
            () -> {
              try {
                return get("/api/v1/builds/" + id)
                    .matches("(?s).*\"state\":\"(succeeded|failed|interrupted)\".*");
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    return get("/api/v1/builds/" + id);
  }

  @Test
  public void whateverAPluginDoesToItsProcessEndsOneBuildWhichSaysSo() throws Exception {
    Path jar =
        new SampleBundle("org.acme.unruly", "1.0.0")
            .importing("org.bootstrapvz.api.host;version=\"[1,2)\"")
            .provider("unruly", UnrulyProvider.class)
            .task(Unruly.class, Phase.PREPARATION, "Doing what the name says")
            .write();
    Platform.deploy(jar, "unruly.jar");
    platform.awaitCatalog("unruly", ExtensionInfo.State.ACTIVE);

    String exits = submit("exits");
    String crashes = submit("crashes");
    String devours = submit("devours");
    String behaves = submit("behaves");

    assertFailed(ended(exits), "ended with status 7 before the build had ended");
    String crashed = ended(crashes);
    assertFailed(crashed, "crashed in native code");
    assertTrue(crashed, crashed.contains("SIGSEGV (0xb)"));
    assertFailed(ended(devours), "ran out of memory");
    String last = ended(behaves);
    assertTrue(last, last.contains("\"state\":\"succeeded\""));
    assertTrue(get("/api/v1/builds/" + behaves + "/log").contains("printed by a plugin"));
    assertEquals(200, send(HttpRequest.newBuilder(URI.create(address + "/health"))).statusCode());
    assertEquals(
        List.of(),
        ProcessHandle.current()
            .descendants()
            .map(ProcessHandle::info)
            .filter(info -> info.commandLine().orElse("").contains("launcher.jar worker"))
            .toList());
    Files.delete(Platform.DEPLOY.resolve("unruly.jar"));
  }

  private static void assertFailed(String build, String reason) {
    assertTrue(build, build.contains("\"state\":\"failed\""));
    assertTrue(build, build.contains(reason));
    assertTrue(build, build.contains("It was running the task"));
    assertTrue(build, build.contains("of the bundle org.acme.unruly 1.0.0"));
  }
}
