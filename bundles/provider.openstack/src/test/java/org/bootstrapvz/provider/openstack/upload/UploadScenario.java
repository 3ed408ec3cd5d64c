/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.RetryPolicy;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.cloud.FakeOpenStack;

/** A finished image, a cloud, and builds that upload the image to it. Pauses take no time. */
final class UploadScenario implements AutoCloseable {
  /** The process of the build was killed. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  final FakeOpenStack cloud = new FakeOpenStack();
  final Map<String, String> variables = new TreeMap<>();
  final List<Duration> pauses = new ArrayList<>();
  final TestManifest manifest = new TestManifest();
  final byte[] content = new byte[1_000_000];
  private final Path folder;
  private boolean killed;

  UploadScenario(Path folder) throws IOException {
    this.folder = folder;
    new Random(1).nextBytes(content);
    variables.put("OS_AUTH_URL", cloud.authUrl());
    variables.put("OS_USERNAME", FakeOpenStack.USER);
    variables.put("OS_PASSWORD", FakeOpenStack.PASSWORD);
    variables.put("OS_PROJECT_NAME", "images");
  }

  /** Ends the process of builds at the first pause before a retry. */
  void dieAtPause() {
    killed = true;
  }

  /** Lets the next process run. */
  void revive() {
    killed = false;
  }

  Surroundings surroundings() {
    return new Surroundings(
        variables,
        folder,
        folder.resolve("home"),
        budget ->
            new RetryPolicy(
                Duration.ofMillis(200), Duration.ofSeconds(20), budget, () -> 1.0, this::pause));
  }

  private void pause(Duration time) {
    if (killed) {
      throw new Killed();
    }
    pauses.add(time);
  }

  TestBuild build() throws IOException {
    Path own = Files.createTempDirectory(folder, "build");
    Files.write(own.resolve("image.raw"), content);
    return new TestBuild(manifest, own).with(ImageResource.TYPE, new ImageResource(surroundings()));
  }

  void upload(TestBuild build) throws BuildException, IOException {
    new UploadImage(surroundings()).run(build);
  }

  /** The cloud has one image: that which the build delivered. */
  void assertDelivered(TestBuild build) {
    assertEquals(1, cloud.images().size(), cloud.images().toString());
    String id = cloud.images().get(0);
    assertEquals(List.of(id), build.deliveredRemotely().stream().map(each -> each.id()).toList());
    assertEquals("active", cloud.property(id, "status"));
    assertEquals("done", cloud.property(id, "bootstrap-vz-state"));
    assertArrayEquals(content, cloud.content(id));
    assertEquals(List.of(), build.held());
  }

  /** Nothing that a user sees contains a secret that was not declared. */
  void assertSecret(TestBuild build, String... messages) {
    List<String> shown = new ArrayList<>(List.of(messages));
    shown.addAll(build.logged());
    shown.addAll(build.progress());
    shown.addAll(build.warnings());
    build.acquired().forEach(spec -> shown.add(spec.toString()));
    build.deliveredRemotely().forEach(artefact -> shown.add(artefact.toString()));
    for (String text : shown) {
      assertFalse(text.contains(FakeOpenStack.PASSWORD), text);
      assertFalse(text.contains(FakeOpenStack.APPLICATION_SECRET), text);
      assertFalse(text.contains("gAAAA"), text);
    }
  }

  @Override
  public void close() {
    cloud.close();
  }
}
