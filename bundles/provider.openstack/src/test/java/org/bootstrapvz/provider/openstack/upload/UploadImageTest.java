/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.upload.UploadContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeOpenStack;
import org.bootstrapvz.testkit.cloud.Fault;
import org.junit.jupiter.api.Test;

class UploadImageTest extends UploadContract<FakeOpenStack, UploadScenario> {
  private static final String PUT = "PUT .*/file";

  @Override
  protected UploadScenario scenario(Path folder) throws IOException {
    return new UploadScenario(folder);
  }

  @Override
  protected List<String> requests() {
    return List.of("POST .*/auth/tokens", "POST .*/images", "GET .*/images/.*", PUT, "PATCH .*");
  }

  @Override
  protected String sending() {
    return PUT;
  }

  @Override
  protected List<String> cancelled() {
    return List.of(PUT);
  }

  @Override
  protected int minRequests() {
    return 5;
  }

  @Override
  protected String completeFile() {
    return "it is complete in ";
  }

  @Override
  protected Map<String, Fault> ownErrors() {
    return Map.of("413 with Retry-After", Fault.before(413, "Retry-After", "3"));
  }

  @Test
  void theImageIsUploadedDescribedMarkedAndPublishedLast() throws Exception {
    scenario
        .manifest
        .with("provider.upload.visibility", "shared")
        .with("provider.upload.properties.hw_disk_bus", "scsi");
    TestBuild build = scenario.build();

    scenario.upload(build);

    scenario.assertDelivered(build);
    String id = cloud.images().get(0);
    assertEquals(
        List.of(new Artefact.Remote("openstack-image", FakeOpenStack.PROJECT, "RegionOne", id, "")),
        build.deliveredRemotely());
    assertEquals("image", cloud.property(id, "name"));
    assertEquals("raw", cloud.property(id, "disk_format"));
    assertEquals("x86_64", cloud.property(id, "architecture"));
    assertEquals("debian", cloud.property(id, "os_distro"));
    assertEquals("13", cloud.property(id, "os_version"));
    assertEquals("bios", cloud.property(id, "hw_firmware_type"));
    assertEquals("scsi", cloud.property(id, "hw_disk_bus"));
    assertEquals("1", cloud.property(id, "min_disk"));
    assertEquals("shared", cloud.property(id, "visibility"));
    assertEquals("image", cloud.property(id, "bootstrap-vz-manifest"));
    assertEquals(id.replace("-", ""), cloud.property(id, "bootstrap-vz-build"));
    assertEquals(List.of("bootstrap-vz"), cloud.tags(id));
    assertTrue(build.secrets().contains(Secret.of(FakeOpenStack.PASSWORD)));
    cloud.tokens().forEach(token -> assertTrue(build.secrets().contains(Secret.of(token))));
    scenario.assertSecret(build);
    build.close();
    scenario.assertDelivered(build);
  }

  @Test
  void aTokenThatExpiresDuringTheUploadIsRenewed() throws Exception {
    cloud.fail(
        PUT,
        (call, effect) -> {
          cloud.expireTokens();
          Fault.before(401).apply(call, effect);
        });
    cloud.fail(
        "PATCH .*",
        (call, effect) -> {
          cloud.expireTokens();
          Fault.before(401).apply(call, effect);
        });
    TestBuild build = scenario.build();

    scenario.upload(build);

    scenario.assertDelivered(build);
    assertEquals(3, cloud.requests().stream().filter(each -> each.endsWith("auth/tokens")).count());
  }

  @Test
  void anImageThatGlanceGivesUpIsReplacedByANewOne() throws Exception {
    cloud.fail(
        PUT,
        (call, effect) -> {
          effect.happen();
          cloud.set(cloud.images().get(0), "status", "killed");
          call.close();
        });
    TestBuild build = scenario.build();

    scenario.upload(build);

    scenario.assertDelivered(build);
    assertEquals(2, build.acquired().size());
  }

  @Test
  void anotherHashIsNoticed() throws Exception {
    Fault other =
        (call, effect) -> {
          effect.happen();
          cloud.set(cloud.images().get(0), "os_hash_value", "0".repeat(128));
          call.close();
        };
    cloud.fail(PUT, other);
    TestBuild build = scenario.build();
    scenario.upload(build);
    scenario.assertDelivered(build);
  }

  @Test
  void aCloudThatAlwaysStoresOtherDataFailsTheBuild() throws Exception {
    Fault other =
        (call, effect) -> {
          effect.happen();
          cloud.set(cloud.images().get(0), "os_hash_value", "0".repeat(128));
          call.close();
        };
    cloud.fail(PUT, other);
    cloud.fail(PUT, other);
    assertTrue(failure().contains("stored other data than were sent, twice"));
  }

  @Test
  void aQuotaThatIsUsedUpIsNamed() throws Exception {
    cloud.fail(PUT, Fault.before(413));
    String message = failure();
    assertTrue(message.contains("The quota of the project images for images is used up"), message);
  }

  @Test
  void aMissingRightIsNamed() throws Exception {
    scenario.manifest.with("provider.upload.visibility", "public");
    String message = failure();
    assertTrue(message.contains("publicize_image"), message);
    assertTrue(message.contains("roles member in the project images"), message);
  }

  @Test
  void aRequestThatArrivesAfterTheReleaseCreatesNoImage() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    CountDownLatch processed = new CountDownLatch(1);
    TestBuild build = cancelledWhileWaiting("POST .*/images", late, processed);

    build.close();
    late.countDown();
    processed.await();

    assertEquals(List.of(), cloud.images());
  }
}
