/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeGoogle;
import org.bootstrapvz.testkit.cloud.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class UploadImageTest {
  private static final String START = "POST /upload/.*";
  private static final String PUT = "PUT /upload/.*";
  private static final String INSERT = "POST .*/images";

  @TempDir Path folder;
  private UploadScenario scenario;
  private FakeGoogle cloud;

  @BeforeEach
  void start() throws Exception {
    scenario = new UploadScenario(folder);
    cloud = scenario.cloud;
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private long requests(String pattern) {
    return cloud.requests().stream().filter(each -> each.matches(pattern)).count();
  }

  @Test
  void theImageIsMadeOfTheArchiveWhichIsDeleted() throws Exception {
    scenario
        .manifest
        .with("system.firmware", "hybrid")
        .with("provider.description", "Debian {system.release}")
        .with("provider.labels.release", "{system.release}")
        .with("provider.upload.family", "debian-{system.release}");
    TestBuild build = scenario.build();

    scenario.upload(build);

    scenario.assertDelivered(build);
    assertEquals(
        List.of(
            new Artefact.Remote(
                "gce-image",
                FakeGoogle.PROJECT,
                "",
                "image",
                cloud.address() + "/compute/v1/projects/sample-project/global/images/image")),
        build.deliveredRemotely());
    assertEquals("Debian trixie", cloud.image("image", "/description"));
    assertEquals("debian-trixie", cloud.image("image", "/family"));
    assertEquals("X86_64", cloud.image("image", "/architecture"));
    assertEquals("trixie", cloud.image("image", "/labels/release"));
    assertEquals("image", cloud.image("image", "/labels/bootstrap-vz-manifest"));
    String object = build.acquired().get(0).toString();
    assertTrue(object.contains("gs://sample-images/debian/"), object);
    assertEquals("%032x".formatted(2), cloud.image("image", "/labels/bootstrap-vz-build"));
    assertEquals(
        "https://storage.googleapis.com/sample-images/debian/bootstrap-vz-"
            + "%032x".formatted(1)
            + ".tar.gz",
        cloud.image("image", "/rawDisk/source"));
    assertEquals(
        "[{\"type\":\"VIRTIO_SCSI_MULTIQUEUE\"},{\"type\":\"UEFI_COMPATIBLE\"},{\"type\":\"GVNIC\"}]",
        cloud.image("image", "/guestOsFeatures"));
    assertTrue(build.secrets().stream().anyMatch(each -> each.reveal().contains("upload-uri-")));
    cloud
        .tokens()
        .forEach(
            token ->
                assertTrue(build.secrets().stream().anyMatch(each -> each.reveal().equals(token))));
    scenario.assertSecret(build);
    build.close();
    scenario.assertDelivered(build);
  }

  @Test
  void theFeaturesOfAnImageAreThoseThatItHas() throws Exception {
    scenario
        .manifest
        .with("system.architecture", "arm64")
        .with("system.release", "bullseye")
        .with("system.firmware", "uefi");
    TestBuild build = scenario.build();

    scenario.upload(build);

    assertEquals("ARM64", cloud.image("image", "/architecture"));
    assertEquals(
        "[{\"type\":\"VIRTIO_SCSI_MULTIQUEUE\"},{\"type\":\"UEFI_COMPATIBLE\"}]",
        cloud.image("image", "/guestOsFeatures"));
  }

  @Test
  void withoutAProjectTheArchiveIsTheResult() throws Exception {
    scenario.manifest.without("provider.gce_project");
    TestBuild build = scenario.build();

    scenario.upload(build);
    build.close();

    assertEquals(List.of("debian/image.tar.gz"), cloud.objects());
    assertArrayEquals(scenario.content, cloud.content("debian/image.tar.gz"));
    assertEquals("done", cloud.metadata("debian/image.tar.gz", "bootstrap-vz-state"));
    assertEquals(
        List.of(
            new Artefact.Remote(
                "gcs-object", "", "", "gs://sample-images/debian/image.tar.gz", "")),
        build.deliveredRemotely());
    assertEquals(List.of(), cloud.images());
  }

  private record Row(String request, Fault fault) {}

  /** Each request of an upload meets each passing error, and the image is there in the end. */
  @TestFactory
  Stream<DynamicTest> anErrorThatPassesDoesNotFailTheUpload() {
    List<Row> rows =
        List.of(
            new Row("429", Fault.before(429, "Retry-After", "3")),
            new Row("403 rateLimitExceeded", FakeGoogle.rateLimited()),
            new Row("408", Fault.before(408)),
            new Row("500 before the effect", Fault.before(500)),
            new Row("500 after the effect", Fault.after(500)),
            new Row("503 before the effect", Fault.before(503)),
            new Row("503 after the effect", Fault.after(503)),
            new Row("cut before the effect", Fault.cutBefore()),
            new Row("cut in the body", Fault.cutInBody(5)),
            new Row("cut in the answer", Fault.cutAfter()));
    List<String> requests =
        List.of(
            "POST .*/token",
            START,
            PUT,
            "GET /storage/.*",
            INSERT,
            "GET .*/operations/.*",
            "GET .*/images/.*",
            "POST .*/setLabels",
            "DELETE /storage/.*");
    List<DynamicTest> tests = new ArrayList<>();
    for (String request : requests) {
      for (Row row : rows) {
        boolean ofApi = !(request.endsWith("token") && row.request().startsWith("403"));
        if (ofApi) {
          tests.add(
              DynamicTest.dynamicTest(
                  request + ": " + row.request(), () -> passes(request, row.fault())));
        }
      }
    }
    tests.add(DynamicTest.dynamicTest("upload gone: 404", () -> passes(PUT, Fault.before(404))));
    tests.add(DynamicTest.dynamicTest("upload gone: 410", () -> passes(PUT, Fault.before(410))));
    tests.add(DynamicTest.dynamicTest("upload: 401", () -> passes(PUT, Fault.before(401))));
    return tests.stream();
  }

  private void passes(String request, Fault fault) throws Exception {
    try (UploadScenario own = new UploadScenario(folder)) {
      own.cloud.fail(request, fault);
      own.cloud.fail(request, fault);
      TestBuild build = own.build();

      own.upload(build);

      own.assertDelivered(build);
      own.assertSecret(build);
    }
  }

  @Test
  void anUploadGoesOnWhereItBrokeOff() throws Exception {
    cloud.fail(PUT, cloud.cutAfterStoring(700_000));
    TestBuild build = scenario.build();

    scenario.upload(build);

    scenario.assertDelivered(build);
    assertEquals(1, requests(START));
    assertEquals(3, requests(PUT));
    assertTrue(
        build.logged().stream().anyMatch(line -> line.startsWith("Sent 475712 bytes in ")),
        build.logged().toString());
  }

  @Test
  void aTokenThatExpiresIsRenewedOnce() throws Exception {
    for (String request : List.of(START, "GET /storage/.*", INSERT, "POST .*/setLabels")) {
      cloud.fail(
          request,
          (call, effect) -> {
            cloud.expireTokens();
            Fault.before(401).apply(call, effect);
          });
    }
    TestBuild build = scenario.build();

    scenario.upload(build);

    scenario.assertDelivered(build);
    assertEquals(3 + 4, requests("POST .*/token"));
  }

  @Test
  void aCancelledUploadLeavesNothing() throws Exception {
    for (String request : List.of(PUT, INSERT, "GET .*/operations/.*")) {
      try (UploadScenario own = new UploadScenario(folder)) {
        Thread sender = Thread.currentThread();
        own.cloud.fail(
            request,
            (call, effect) -> {
              sender.interrupt();
              effect.happen();
            });
        TestBuild build = own.build();

        assertThrows(BuildCancelledException.class, () -> own.upload(build), request);

        assertTrue(Thread.interrupted());
        build.close();
        own.assertNothingLeft();
      }
    }
  }

  private String failure() throws Exception {
    TestBuild build = scenario.build();
    BuildException e = assertThrows(BuildException.class, () -> scenario.upload(build));
    String message = e.getMessage();
    scenario.assertSecret(build, message);
    assertEquals(List.of(), build.deliveredRemotely());
    assertTrue(message.contains("complete in "), message);
    build.close();
    scenario.assertNothingLeft();
    return message;
  }

  @Test
  void otherDataThanWereSentAreNoticed() throws Exception {
    cloud.fail(PUT, cloud.corrupting());
    TestBuild build = scenario.build();
    scenario.upload(build);
    scenario.assertDelivered(build);
    assertEquals(3, build.acquired().size());
  }

  @Test
  void aCloudThatAlwaysStoresOtherDataFailsTheBuild() throws Exception {
    cloud.fail(PUT, cloud.corrupting());
    // Asks what became of the first attempt.
    cloud.fail(PUT, Fault.before(410));
    cloud.fail(PUT, cloud.corrupting());
    cloud.fail(PUT, Fault.before(410));
    String message = failure();
    assertTrue(message.contains("stored other data than were sent, twice"), message);
  }

  @Test
  void withoutAnMd5TheOtherChecksumIsCompared() throws Exception {
    cloud.fail(
        PUT,
        (call, effect) -> {
          effect.happen();
          cloud.remove(cloud.objects().get(0), "md5Hash");
          call.close();
        });
    TestBuild build = scenario.build();
    scenario.upload(build);
    scenario.assertDelivered(build);
    assertEquals(2, build.acquired().size());
  }

  @Test
  void aFailedOperationFailsTheBuildWithItsError() throws Exception {
    cloud.failOperation("QUOTA_EXCEEDED Quota 'IMAGES' exceeded.");
    String message = failure();
    assertTrue(
        message.startsWith(
            "Compute Engine does not create the image image (status 400, QUOTA_EXCEEDED: Quota"
                + " 'IMAGES' exceeded.). Delete images that are not used any more"),
        message);
  }

  @Test
  void aQuotaThatIsUsedUpIsNamed() throws Exception {
    cloud.withMaxImages(0);
    String message = failure();
    assertTrue(message.contains("Quota 'IMAGES' exceeded"), message);
    assertTrue(message.contains("ask for a larger quota"), message);
  }

  @Test
  void aMissingRightIsNamedWithTheLogin() throws Exception {
    cloud.without("storage.objects.create");
    String message = failure();
    assertTrue(message.contains("Required 'storage.objects.create' permission"), message);
    assertTrue(message.contains("The login is from the file "), message);
  }

  @Test
  void aNameThatWasTakenMeanwhileIsLeftAlone() throws Exception {
    cloud.addImage("image");
    TestBuild build = scenario.build();
    BuildException e = assertThrows(BuildException.class, () -> scenario.upload(build));
    assertTrue(e.getMessage().contains("already has an image image"), e.getMessage());
    build.close();
    assertEquals(List.of("image"), cloud.images());
    assertEquals(List.of(), cloud.objects());
  }

  @Test
  void anObjectOfThisNameIsLeftAlone() throws Exception {
    scenario.manifest.without("provider.gce_project");
    cloud.addObject("debian/image.tar.gz");
    TestBuild build = scenario.build();
    BuildException e = assertThrows(BuildException.class, () -> scenario.upload(build));
    assertTrue(
        e.getMessage().contains("already is an object gs://sample-images/debian/image.tar.gz"),
        e.getMessage());
    build.close();
    assertEquals(List.of("debian/image.tar.gz"), cloud.objects());
  }

  @Test
  void aCloudThatFailsForLongerThanTheBudgetFailsTheBuild() throws Exception {
    for (int i = 0; i < 100; i++) {
      cloud.fail(PUT, Fault.before(503));
    }
    String message = failure();
    assertTrue(message.contains("since no more than 600 s are spent on failed ones"), message);
  }

  @Test
  void anArchiveThatCannotBeDeletedAtOnceIsDeletedAtTheEnd() throws Exception {
    for (int i = 0; i < 100; i++) {
      cloud.fail("DELETE /storage/.*", Fault.before(403));
    }
    TestBuild build = scenario.build();
    scenario.upload(build);
    assertEquals(1, cloud.objects().size());
    assertEquals(1, build.held().size());
    assertTrue(
        build.logged().stream().anyMatch(line -> line.contains("is not deleted yet")),
        build.logged().toString());
  }

  /**
   * Kills the build before and after the effect of each request, and releases what its journal
   * holds, as the next start does: nothing is left, or exactly what was delivered.
   */
  @TestFactory
  Stream<DynamicTest> nothingIsLeftWhereverTheBuildWasKilled() throws Exception {
    scenario.upload(scenario.build());
    int requests = cloud.requests().size();
    assertTrue(requests >= 15, "requests: " + requests);
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      int number = i;
      String name = number + " " + cloud.requests().get(number);
      tests.add(DynamicTest.dynamicTest("before " + name, () -> kill(number, Fault.before(503))));
      tests.add(DynamicTest.dynamicTest("after " + name, () -> kill(number, Fault.after(503))));
    }
    return tests.stream();
  }

  private void kill(int request, Fault fault) throws Exception {
    try (UploadScenario own = new UploadScenario(folder)) {
      own.killAt(request, fault);
      TestBuild build = own.build();
      assertThrows(UploadScenario.Killed.class, () -> own.upload(build));
      own.revive();
      build.close();
      assertEquals(List.of(), build.held());
      if (build.deliveredRemotely().isEmpty()) {
        own.assertNothingLeft();
      } else {
        own.assertDelivered(build);
      }
    }
  }

  @Test
  void aRequestThatArrivesDuringTheReleaseMakesNoImage() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    CountDownLatch processed = new CountDownLatch(1);
    Thread sender = Thread.currentThread();
    cloud.fail(
        INSERT,
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

    // The request arrives when the image was looked up and the resource of the archive is next.
    cloud.failAt(
        cloud.requests().size() + 5,
        (call, effect) -> {
          late.countDown();
          Fault.awaitQuietly(processed);
          cloud.completeOperations();
          call.close();
        });
    build.close();

    assertEquals(0, processed.getCount());
    scenario.assertNothingLeft();
  }
}
