/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.cloud.upload.UploadContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeGoogle;
import org.bootstrapvz.testkit.cloud.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadImageTest extends UploadContract<FakeGoogle, UploadScenario> {
  private static final String START = "POST /upload/.*";
  private static final String PUT = "PUT /upload/.*";
  private static final String RATE_LIMITED = "403 rateLimitExceeded";
  private static final String INSERT = "POST .*/images";

  @Override
  protected UploadScenario scenario(Path folder) throws IOException {
    return new UploadScenario(folder);
  }

  @Override
  protected List<String> requests() {
    return List.of(
        "POST .*/token",
        START,
        PUT,
        "GET /storage/.*",
        INSERT,
        "GET .*/operations/.*",
        "GET .*/images/.*",
        "POST .*/setLabels",
        "DELETE /storage/.*");
  }

  @Override
  protected String sending() {
    return PUT;
  }

  @Override
  protected List<String> cancelled() {
    return List.of(PUT, INSERT, "GET .*/operations/.*");
  }

  @Override
  protected int minRequests() {
    return 15;
  }

  @Override
  protected String completeFile() {
    return "complete in ";
  }

  @Override
  protected Map<String, Fault> ownErrors() {
    return Map.of(RATE_LIMITED, FakeGoogle.rateLimited(), "408", Fault.before(408));
  }

  /** The server for tokens is not an API of Google Cloud. */
  @Override
  protected boolean canMeet(String request, String error) {
    return !(request.endsWith("token") && error.equals(RATE_LIMITED));
  }

  /** The archive is deleted after the image was delivered. */
  @Override
  protected boolean mayBeDelivered() {
    return true;
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 410})
  void anUploadThatIsGoneIsStartedAgain(int status) throws Exception {
    passes(PUT, Fault.before(status));
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

  @Test
  void aRequestThatArrivesDuringTheReleaseMakesNoImage() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    CountDownLatch processed = new CountDownLatch(1);
    TestBuild build = cancelledWhileWaiting(INSERT, late, processed);

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
