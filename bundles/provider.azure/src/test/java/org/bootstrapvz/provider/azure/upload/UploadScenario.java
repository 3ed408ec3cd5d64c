/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.upload.CloudScenario;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeAzure;

/** An image and a subscription of Azure. */
final class UploadScenario extends CloudScenario<FakeAzure> {
  static final int MIB = 1 << 20;

  /** What the disk has that is not zero: in blocks 0, 1, 2 and 19, and in the footer. */
  static final int DATA = 3 * MIB / 2;

  static final byte[] CONTENT = content();

  private static final String GROUP =
      "/subscriptions/"
          + FakeAzure.SUBSCRIPTION
          + "/resourceGroups/"
          + FakeAzure.GROUP
          + "/providers/Microsoft.Compute/";

  UploadScenario(Path folder) throws IOException {
    super(new FakeAzure(), folder);
    variables.putAll(cloud.variables());
    manifest.with("volume.backing", "vhd").with("provider.upload.resource_group", FakeAzure.GROUP);
  }

  private static byte[] content() {
    byte[] content = new byte[20 * MIB + 512];
    byte[] data = new byte[DATA];
    new Random(1).nextBytes(data);
    System.arraycopy(data, 0, content, MIB / 2, DATA);
    content[2 * MIB + 700] = 1;
    content[19 * MIB + 5] = 2;
    content[20 * MIB] = 'c';
    return content;
  }

  /** Makes the image a version in a gallery. */
  void useGallery() {
    cloud.withDefinition("debian", "V1", "x64");
    manifest
        .with("provider.upload.gallery", FakeAzure.GALLERY)
        .with("provider.upload.definition", "debian")
        .with("provider.upload.version", "{%Y}.{%m}.{%d}");
  }

  /** What the image is, after the name of its provider. */
  String name() {
    return manifest.at("provider.upload.gallery").exists()
        ? "galleries/" + FakeAzure.GALLERY + "/images/debian/versions/2026.1.2"
        : "images/image";
  }

  static String id(String name) {
    return GROUP + name;
  }

  @Override
  public TestBuild build() throws IOException {
    return build("image.vhd", CONTENT)
        .with(DiskResource.TYPE, new DiskResource(surroundings()))
        .with(ImageResource.TYPE, new ImageResource(surroundings()));
  }

  @Override
  public void upload(TestBuild build) throws BuildException, IOException {
    new UploadImage(surroundings()).run(build);
    new RegisterImage(surroundings()).run(build);
  }

  @Override
  public void assertDelivered(TestBuild build) {
    cloud.completeOperations();
    assertEquals(List.of(name()), cloud.inventory());
    assertEquals(
        List.of(id(name())), build.deliveredRemotely().stream().map(each -> each.id()).toList());
    assertEquals("Succeeded", cloud.value(name(), "/properties/provisioningState"));
    assertEquals("done", cloud.value(name(), "/tags/bootstrap-vz-state"));
    assertArrayEquals(CONTENT, cloud.content(name()));
    assertReleased(build);
  }

  @Override
  public void assertNothingLeft() {
    cloud.completeOperations();
    assertEquals(List.of(), cloud.inventory());
  }

  @Override
  protected List<String> secrets() {
    return List.of(FakeAzure.SECRET, FakeAzure.TOKEN_PREFIX, "sas-of-");
  }
}
