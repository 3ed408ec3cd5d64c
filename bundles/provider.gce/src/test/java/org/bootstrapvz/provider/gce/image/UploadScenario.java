/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

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
import org.bootstrapvz.testkit.cloud.FakeGoogle;
import org.bootstrapvz.testkit.cloud.Fault;

/** A finished archive, a cloud, and builds that upload and register it. Pauses take no time. */
final class UploadScenario implements AutoCloseable {
  /** The process of the build was killed. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  final FakeGoogle cloud = new FakeGoogle();
  final Map<String, String> variables = new TreeMap<>();
  final TestManifest manifest = new TestManifest();
  final byte[] content = new byte[1_000_000];
  private final Path folder;
  private volatile boolean killed;

  UploadScenario(Path folder) throws IOException {
    this.folder = folder;
    new Random(1).nextBytes(content);
    variables.putAll(cloud.endpoints());
    Path key = Files.createTempFile(folder, "key", ".json");
    variables.put(
        "GOOGLE_APPLICATION_CREDENTIALS", Files.writeString(key, cloud.keyFile()).toString());
    manifest
        .with("provider.gcs_destination", "gs://" + FakeGoogle.BUCKET + "/debian")
        .with("provider.gce_project", FakeGoogle.PROJECT);
  }

  /** Applies a fault to a request and ends the process of the build at its next pause. */
  void killAt(int request, Fault fault) {
    cloud.failAt(
        request,
        (call, effect) -> {
          killed = true;
          fault.apply(call, effect);
        });
  }

  /** Applies a fault to a request and ends the process of the build at its next pause. */
  void killAt(String request, Fault fault) {
    cloud.fail(
        request,
        (call, effect) -> {
          killed = true;
          fault.apply(call, effect);
        });
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
  }

  TestBuild build() throws IOException {
    Path own = Files.createTempDirectory(folder, "build");
    Files.write(own.resolve("image.tar.gz"), content);
    return new TestBuild(manifest, own)
        .with(ObjectResource.TYPE, new ObjectResource(surroundings()))
        .with(ImageResource.TYPE, new ImageResource(surroundings()));
  }

  void upload(TestBuild build) throws BuildException, IOException {
    new UploadImage(surroundings()).run(build);
    if (RegisterImage.isWanted(manifest)) {
      new RegisterImage(surroundings()).run(build);
    }
  }

  /** The cloud has what the build delivered and nothing else: the image, and no object. */
  void assertDelivered(TestBuild build) {
    cloud.completeOperations();
    assertEquals(List.of("image"), cloud.images());
    assertEquals(List.of("image"), build.deliveredRemotely().stream().map(a -> a.id()).toList());
    assertEquals("READY", cloud.image("image", "/status"));
    assertEquals("done", cloud.image("image", "/labels/bootstrap-vz-state"));
    assertArrayEquals(content, cloud.imageContent("image"));
    assertEquals(List.of(), cloud.objects());
    assertEquals(List.of(), build.held());
  }

  /** The cloud has nothing. */
  void assertNothingLeft() {
    cloud.completeOperations();
    assertEquals(List.of(), cloud.images());
    assertEquals(List.of(), cloud.objects());
  }

  /** Nothing that a user sees contains a secret. */
  void assertSecret(TestBuild build, String... messages) {
    List<String> shown = new ArrayList<>(List.of(messages));
    shown.addAll(build.logged());
    shown.addAll(build.progress());
    shown.addAll(build.warnings());
    build.acquired().forEach(spec -> shown.add(spec.toString()));
    build.deliveredRemotely().forEach(artefact -> shown.add(artefact.toString()));
    for (String text : shown) {
      assertFalse(text.contains(FakeGoogle.privateKey()), text);
      assertFalse(text.contains("ya29."), text);
      assertFalse(text.contains("upload-uri-"), text);
    }
  }

  @Override
  public void close() {
    cloud.close();
  }
}
