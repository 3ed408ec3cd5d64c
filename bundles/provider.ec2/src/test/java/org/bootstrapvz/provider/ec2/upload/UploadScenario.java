/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.upload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.RetryPolicy;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.provider.ec2.ami.ImageResource;
import org.bootstrapvz.provider.ec2.ami.RegisterAMI;
import org.bootstrapvz.provider.ec2.connection.Connect;
import org.bootstrapvz.provider.ec2.connection.Ec2Access;
import org.bootstrapvz.provider.ec2.ebs.Snapshot;
import org.bootstrapvz.provider.ec2.ebs.SnapshotResource;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.cloud.FakeAws;

/** A finished image, an account, and builds that upload the image to it. Pauses take no time. */
final class UploadScenario implements AutoCloseable {
  /** The process of the build was killed. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  static final int BLOCK = 512 << 10;

  final FakeAws cloud = new FakeAws();
  final Map<String, String> variables = new TreeMap<>();
  final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  final TestManifest manifest = new TestManifest();

  /** Blocks 1 and 2 of 4 are zeros, the last is not full. */
  final byte[] content = new byte[3 * BLOCK + 1000];

  private final Path folder;
  private volatile boolean killed;
  private Ec2Access access;

  UploadScenario(Path folder) throws IOException {
    this.folder = folder;
    byte[] data = new byte[BLOCK];
    new Random(1).nextBytes(data);
    System.arraycopy(data, 0, content, 0, BLOCK);
    System.arraycopy(data, 0, content, 3 * BLOCK, 1000);
    variables.put("AWS_ENDPOINT_URL", cloud.address().toString());
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
    variables.put("AWS_ACCESS_KEY_ID", FakeAws.ACCESS_KEY);
    variables.put("AWS_SECRET_ACCESS_KEY", FakeAws.SECRET_KEY);
    variables.put("AWS_REGION", FakeAws.REGION);
    manifest.with("provider.upload", Map.of());
    access = newAccess();
  }

  private Ec2Access newAccess() {
    return new Ec2Access(
        new Surroundings(
            variables,
            folder,
            folder.resolve("home"),
            budget ->
                new RetryPolicy(
                    Duration.ofMillis(200),
                    Duration.ofSeconds(20),
                    budget,
                    () -> 1.0,
                    this::pause)),
        Clock.systemUTC());
  }

  Ec2Access access() {
    return access;
  }

  /** Ends the process of builds at the first pause. */
  void dieAtPause() {
    killed = true;
  }

  /** Lets the next process run, which remembers nothing. */
  void revive() {
    killed = false;
    access = newAccess();
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
    return new TestBuild(manifest, own)
        .with(
            SnapshotResource.TYPE,
            (spec, context) -> new SnapshotResource(access).release(spec, context))
        .with(
            ImageResource.TYPE,
            (spec, context) -> new ImageResource(access).release(spec, context));
  }

  void connect(TestBuild build) throws BuildException {
    new Connect(access).run(build);
  }

  void upload(TestBuild build) throws BuildException, IOException {
    new Snapshot(access).run(build);
    new RegisterAMI(access).run(build);
  }

  /** The account has one image with its snapshot: that which the build delivered. */
  void assertDelivered(TestBuild build) {
    assertEquals(2, cloud.inventory().size(), cloud.inventory().toString());
    String image = cloud.images().get(0);
    String snapshot = cloud.snapshots().get(0);
    assertEquals(
        List.of(image), build.deliveredRemotely().stream().map(each -> each.id()).toList());
    assertEquals("done", cloud.tags(image).get("bootstrap-vz-state"));
    assertEquals("done", cloud.tags(snapshot).get("bootstrap-vz-state"));
    assertArrayEquals(content, cloud.content(snapshot, content.length));
    assertEquals(List.of(0, 3), cloud.blocks(snapshot));
    assertEquals(List.of(), build.held());
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
      assertFalse(text.contains(FakeAws.SECRET_KEY), text);
      assertFalse(text.contains("temporary-"), text);
      assertFalse(text.contains("Signature="), text);
    }
  }

  @Override
  public void close() {
    cloud.close();
  }
}
