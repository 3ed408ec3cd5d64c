/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeOpenStack;
import org.bootstrapvz.testkit.cloud.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class UploadImageTest {
  private static final String PUT = "PUT .*/file";

  @TempDir Path folder;
  private UploadScenario scenario;
  private FakeOpenStack cloud;

  @BeforeEach
  void start() throws Exception {
    scenario = new UploadScenario(folder);
    cloud = scenario.cloud;
  }

  @AfterEach
  void stop() {
    scenario.close();
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

  private record Row(String request, Fault fault) {}

  /** Each request of an upload meets each passing error, and the image is there in the end. */
  @TestFactory
  Stream<DynamicTest> anErrorThatPassesDoesNotFailTheUpload() {
    List<Row> rows =
        List.of(
            new Row("429", Fault.before(429, "Retry-After", "3")),
            new Row("413 with Retry-After", Fault.before(413, "Retry-After", "3")),
            new Row("500 before the effect", Fault.before(500)),
            new Row("500 after the effect", Fault.after(500)),
            new Row("503 before the effect", Fault.before(503)),
            new Row("503 after the effect", Fault.after(503)),
            new Row("cut before the effect", Fault.cutBefore()),
            new Row("cut in the body", Fault.cutInBody(5)),
            new Row("cut in the answer", Fault.cutAfter()));
    List<String> requests =
        List.of("POST .*/auth/tokens", "POST .*/images", "GET .*/images/.*", PUT, "PATCH .*");
    return requests.stream()
        .flatMap(
            request ->
                rows.stream()
                    .map(
                        row ->
                            DynamicTest.dynamicTest(
                                request + ": " + row.request(), () -> passes(request, row))));
  }

  private void passes(String request, Row row) throws Exception {
    try (UploadScenario own = new UploadScenario(folder)) {
      own.cloud.fail(request, row.fault());
      own.cloud.fail(request, row.fault());
      TestBuild build = own.build();

      own.upload(build);

      own.assertDelivered(build);
      own.assertSecret(build);
    }
  }

  private String failure() throws Exception {
    TestBuild build = scenario.build();
    BuildException e = assertThrows(BuildException.class, () -> scenario.upload(build));
    String message = e.getMessage();
    scenario.assertSecret(build, message);
    assertEquals(List.of(), build.deliveredRemotely());
    assertTrue(message.contains("it is complete in "), message);
    build.close();
    assertEquals(List.of(), cloud.images());
    return message;
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
  void aCancelledUploadLeavesNothing() throws Exception {
    Thread sender = Thread.currentThread();
    cloud.fail(
        PUT,
        (call, effect) -> {
          sender.interrupt();
          effect.happen();
        });
    TestBuild build = scenario.build();

    assertThrows(BuildCancelledException.class, () -> scenario.upload(build));

    assertTrue(Thread.interrupted());
    build.close();
    assertEquals(List.of(), cloud.images());
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
  void aCloudThatFailsForLongerThanTheBudgetFailsTheBuild() throws Exception {
    for (int i = 0; i < 100; i++) {
      cloud.fail(PUT, Fault.before(503));
    }
    String message = failure();
    assertTrue(message.contains("since no more than 600 s are spent on failed ones"), message);
  }

  /**
   * Kills the build before and after the effect of each request, and releases what its journal
   * holds, as the next start does: nothing is left, or exactly what was delivered.
   */
  @Test
  void nothingIsLeftWhereverTheBuildWasKilled() throws Exception {
    int requests;
    try (UploadScenario whole = new UploadScenario(folder)) {
      whole.upload(whole.build());
      requests = whole.cloud.requests().size();
    }
    assertTrue(requests >= 5, "requests: " + requests);
    for (int number = 0; number < requests; number++) {
      for (Fault fault : List.of(Fault.before(503), Fault.after(503))) {
        try (UploadScenario own = new UploadScenario(folder)) {
          own.cloud.failAt(number, fault);
          own.dieAtPause();
          TestBuild build = own.build();
          assertThrows(UploadScenario.Killed.class, () -> own.upload(build), "request " + number);
          recover(own, build);
          assertEquals(List.of(), own.cloud.images(), "request " + number);
          assertEquals(List.of(), build.deliveredRemotely());
        }
      }
    }
  }

  private static void recover(UploadScenario own, TestBuild build) throws Exception {
    own.revive();
    build.close();
    assertEquals(List.of(), build.held());
  }

  @Test
  void aRequestThatArrivesAfterTheReleaseCreatesNoImage() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    CountDownLatch processed = new CountDownLatch(1);
    Thread sender = Thread.currentThread();
    cloud.fail(
        "POST .*/images",
        (call, effect) -> {
          call.read();
          sender.interrupt();
          Fault.awaitQuietly(late);
          effect.happen();
          processed.countDown();
        });
    TestBuild build = scenario.build();
    assertThrows(BuildCancelledException.class, () -> scenario.upload(build));
    assertTrue(Thread.interrupted());

    build.close();
    late.countDown();
    processed.await();

    assertEquals(List.of(), cloud.images());
  }
}
