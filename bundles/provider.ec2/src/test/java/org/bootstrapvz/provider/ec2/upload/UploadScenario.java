/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.upload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.upload.CloudScenario;
import org.bootstrapvz.provider.ec2.ami.ImageResource;
import org.bootstrapvz.provider.ec2.ami.RegisterAMI;
import org.bootstrapvz.provider.ec2.connection.Connect;
import org.bootstrapvz.provider.ec2.connection.Ec2Access;
import org.bootstrapvz.provider.ec2.ebs.Snapshot;
import org.bootstrapvz.provider.ec2.ebs.SnapshotResource;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeAws;

/** An image and an account of AWS. */
final class UploadScenario extends CloudScenario<FakeAws> {
  static final int BLOCK = 512 << 10;

  /** Blocks 1 and 2 of 4 are zeros, the last is not full. */
  final byte[] content = new byte[3 * BLOCK + 1000];

  private Ec2Access access;

  UploadScenario(Path folder) throws IOException {
    super(new FakeAws(), folder);
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
    return new Ec2Access(surroundings(), Clock.systemUTC());
  }

  Ec2Access access() {
    return access;
  }

  @Override
  public void revive() {
    super.revive();
    access = newAccess();
  }

  @Override
  public TestBuild build() throws IOException {
    return build("image.raw", content)
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

  @Override
  public void upload(TestBuild build) throws BuildException, IOException {
    new Snapshot(access).run(build);
    new RegisterAMI(access).run(build);
  }

  @Override
  public void assertDelivered(TestBuild build) {
    assertEquals(2, cloud.inventory().size(), cloud.inventory().toString());
    String image = cloud.images().get(0);
    String snapshot = cloud.snapshots().get(0);
    assertEquals(
        List.of(image), build.deliveredRemotely().stream().map(each -> each.id()).toList());
    assertEquals("done", cloud.tags(image).get("bootstrap-vz-state"));
    assertEquals("done", cloud.tags(snapshot).get("bootstrap-vz-state"));
    assertArrayEquals(content, cloud.content(snapshot, content.length));
    assertEquals(List.of(0, 3), cloud.blocks(snapshot));
    assertReleased(build);
  }

  @Override
  public void assertNothingLeft() {
    assertEquals(List.of(), cloud.inventory());
  }

  @Override
  protected List<String> secrets() {
    return List.of(FakeAws.SECRET_KEY, "temporary-", "Signature=");
  }
}
