/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.upload.CloudScenario;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeOpenStack;

/** An image and a project of OpenStack. */
final class UploadScenario extends CloudScenario<FakeOpenStack> {
  final byte[] content = new byte[1_000_000];

  UploadScenario(Path folder) throws IOException {
    super(new FakeOpenStack(), folder);
    new Random(1).nextBytes(content);
    variables.put("OS_AUTH_URL", cloud.authUrl());
    variables.put("OS_USERNAME", FakeOpenStack.USER);
    variables.put("OS_PASSWORD", FakeOpenStack.PASSWORD);
    variables.put("OS_PROJECT_NAME", "images");
  }

  @Override
  public TestBuild build() throws IOException {
    return build("image.raw", content).with(ImageResource.TYPE, new ImageResource(surroundings()));
  }

  @Override
  public void upload(TestBuild build) throws BuildException, IOException {
    new UploadImage(surroundings()).run(build);
  }

  @Override
  public void assertDelivered(TestBuild build) {
    assertEquals(1, cloud.images().size(), cloud.images().toString());
    String id = cloud.images().get(0);
    assertEquals(List.of(id), build.deliveredRemotely().stream().map(each -> each.id()).toList());
    assertEquals("active", cloud.property(id, "status"));
    assertEquals("done", cloud.property(id, "bootstrap-vz-state"));
    assertArrayEquals(content, cloud.content(id));
    assertReleased(build);
  }

  @Override
  public void assertNothingLeft() {
    assertEquals(List.of(), cloud.images());
  }

  @Override
  protected List<String> secrets() {
    return List.of(FakeOpenStack.PASSWORD, FakeOpenStack.APPLICATION_SECRET, "gAAAA");
  }
}
