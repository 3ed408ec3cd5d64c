/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.upload.CloudScenario;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeGoogle;

/** An image and a project of Google. */
final class UploadScenario extends CloudScenario<FakeGoogle> {
  final byte[] content = new byte[1_000_000];

  UploadScenario(Path folder) throws IOException {
    super(new FakeGoogle(), folder);
    new Random(1).nextBytes(content);
    variables.putAll(cloud.endpoints());
    Path key = Files.createTempFile(folder, "key", ".json");
    variables.put(
        "GOOGLE_APPLICATION_CREDENTIALS", Files.writeString(key, cloud.keyFile()).toString());
    manifest
        .with("provider.gcs_destination", "gs://" + FakeGoogle.BUCKET + "/debian")
        .with("provider.gce_project", FakeGoogle.PROJECT);
  }

  @Override
  public TestBuild build() throws IOException {
    return build("image.tar.gz", content)
        .with(ObjectResource.TYPE, new ObjectResource(surroundings()))
        .with(ImageResource.TYPE, new ImageResource(surroundings()));
  }

  @Override
  public void upload(TestBuild build) throws BuildException, IOException {
    new UploadImage(surroundings()).run(build);
    if (RegisterImage.isWanted(manifest)) {
      new RegisterImage(surroundings()).run(build);
    }
  }

  @Override
  public void assertDelivered(TestBuild build) {
    cloud.completeOperations();
    assertEquals(List.of("image"), cloud.images());
    assertEquals(List.of("image"), build.deliveredRemotely().stream().map(a -> a.id()).toList());
    assertEquals("READY", cloud.image("image", "/status"));
    assertEquals("done", cloud.image("image", "/labels/bootstrap-vz-state"));
    assertArrayEquals(content, cloud.imageContent("image"));
    assertEquals(List.of(), cloud.objects());
    assertReleased(build);
  }

  @Override
  public void assertNothingLeft() {
    cloud.completeOperations();
    assertEquals(List.of(), cloud.images());
    assertEquals(List.of(), cloud.objects());
  }

  @Override
  protected List<String> secrets() {
    return List.of(FakeGoogle.privateKey(), "ya29.", "upload-uri-");
  }
}
