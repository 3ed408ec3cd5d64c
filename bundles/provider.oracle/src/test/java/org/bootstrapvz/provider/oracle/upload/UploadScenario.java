/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

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
import org.bootstrapvz.testkit.cloud.FakeOracle;

/** An image and a tenancy of Oracle. */
final class UploadScenario extends CloudScenario<FakeOracle> {
  byte[] content = new byte[100_000];

  final Path configuration;

  UploadScenario(Path folder) throws IOException {
    super(new FakeOracle(), folder);
    new Random(1).nextBytes(content);
    variables.putAll(cloud.endpoints());
    Path key = Files.createTempFile(folder, "key", ".pem");
    Files.writeString(key, FakeOracle.keyFile());
    configuration = Files.createTempFile(folder, "config", "");
    Files.writeString(configuration, cloud.configuration(key.toString()));
    variables.put("OCI_CLI_CONFIG_FILE", configuration.toString());
    manifest
        .with("volume.backing", "qcow2")
        .with("provider.upload.compartment", FakeOracle.COMPARTMENT)
        .with("provider.upload.bucket", FakeOracle.BUCKET);
  }

  /** Makes the image so large that it has three parts, of which the second has only zeros. */
  void useLargeImage() {
    byte[] large = new byte[2 * MultipartUpload.MIN_PART + 1000];
    System.arraycopy(content, 0, large, 0, content.length);
    System.arraycopy(content, 0, large, large.length - 1000, 1000);
    content = large;
  }

  @Override
  public TestBuild build() throws IOException {
    return build("image.qcow2", content)
        .with(ObjectResource.TYPE, new ObjectResource(surroundings()))
        .with(ImageResource.TYPE, new ImageResource(surroundings()));
  }

  @Override
  public void upload(TestBuild build) throws BuildException, IOException {
    new UploadImage(surroundings()).run(build);
    new RegisterImage(surroundings()).run(build);
  }

  @Override
  public void assertDelivered(TestBuild build) {
    cloud.completeImports();
    assertEquals(1, cloud.images().size(), cloud.images().toString());
    String id = cloud.images().get(0);
    assertEquals(List.of(id), build.deliveredRemotely().stream().map(each -> each.id()).toList());
    assertEquals("AVAILABLE", cloud.image(id, "/lifecycleState"));
    assertEquals("done", cloud.image(id, "/freeformTags/bootstrap-vz-state"));
    assertArrayEquals(content, cloud.content(id));
    assertEquals(List.of(), cloud.objects());
    assertReleased(build);
  }

  @Override
  public void assertNothingLeft() {
    cloud.completeImports();
    assertEquals(List.of(), cloud.images());
    assertEquals(List.of(), cloud.objects());
  }

  @Override
  protected List<String> secrets() {
    return List.of(FakeOracle.privateKey(), "signature=");
  }
}
