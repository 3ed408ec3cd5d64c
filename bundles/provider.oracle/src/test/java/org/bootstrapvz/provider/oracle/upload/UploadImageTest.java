/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

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
import org.bootstrapvz.testkit.cloud.FakeOracle;
import org.bootstrapvz.testkit.cloud.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadImageTest extends UploadContract<FakeOracle, UploadScenario> {
  private static final String START = "POST .*/u";
  private static final String PART = "PUT .*/u/.*";
  private static final String COMMIT = "POST .*/u/.*";
  private static final String CREATE = "POST .*/images";
  private static final String TAGS = "PUT .*/images/.*";
  private static final String DELETE = "DELETE .*/o/.*";
  private static final String DAMAGED = "UnmatchedContentMD5";
  private static final String CONFLICT = "409 IncorrectState";

  @Override
  protected UploadScenario scenario(Path folder) throws IOException {
    return new UploadScenario(folder);
  }

  @Override
  protected List<String> requests() {
    return List.of(
        "GET /n/",
        START,
        PART,
        COMMIT,
        CREATE,
        "GET .*/images/.*",
        TAGS,
        "GET .*/u",
        "GET .*/o",
        "HEAD .*",
        DELETE);
  }

  @Override
  protected String sending() {
    return PART;
  }

  @Override
  protected List<String> cancelled() {
    return List.of(START, PART, COMMIT, CREATE, "GET .*/images/.*");
  }

  @Override
  protected int minRequests() {
    return 14;
  }

  @Override
  protected String completeFile() {
    return "it is complete in ";
  }

  @Override
  protected Map<String, Fault> ownErrors() {
    return Map.of(
        DAMAGED, FakeOracle.damaged(), CONFLICT, FakeOracle.refusal(409, "IncorrectState", "Wait"));
  }

  /** A response to HEAD has no body, so no code. */
  @Override
  protected boolean canMeet(String request, String error) {
    return switch (error) {
      case DAMAGED -> request.equals(PART);
      case CONFLICT -> !request.startsWith("HEAD");
      default -> true;
    };
  }

  /** The object is deleted after the image was delivered. */
  @Override
  protected boolean mayBeDelivered() {
    return true;
  }

  private long requests(String pattern) {
    return cloud.requests().stream().filter(each -> each.matches(pattern)).count();
  }

  @Test
  void theImageIsMadeOfAnObjectInPartsWhichIsDeleted() throws Exception {
    scenario.useLargeImage();
    scenario.manifest.with("tags.Team", "{system.architecture} & co");
    TestBuild build = scenario.build();

    scenario.upload(build);

    scenario.assertDelivered(build);
    String id = cloud.images().get(0);
    assertEquals(
        List.of(
            new Artefact.Remote(
                "oracle-image",
                FakeOracle.TENANCY,
                FakeOracle.REGION,
                id,
                "https://cloud.oracle.com/compute/images/" + id + "?region=eu-frankfurt-1")),
        build.deliveredRemotely());
    assertEquals(3, requests(PART));
    assertEquals("image", cloud.image(id, "/displayName"));
    assertEquals("PARAVIRTUALIZED", cloud.image(id, "/launchMode"));
    assertEquals("QCOW2", cloud.image(id, "/imageSourceDetails/sourceImageType"));
    assertEquals("Debian", cloud.image(id, "/imageSourceDetails/operatingSystem"));
    assertEquals("13", cloud.image(id, "/imageSourceDetails/operatingSystemVersion"));
    assertEquals("amd64 & co", cloud.image(id, "/freeformTags/Team"));
    assertEquals("image", cloud.image(id, "/freeformTags/bootstrap-vz-manifest"));
    assertEquals("%032x".formatted(2), cloud.image(id, "/freeformTags/bootstrap-vz-build"));
    assertTrue(
        build.secrets().stream().anyMatch(each -> each.reveal().contains(FakeOracle.privateKey())));
    scenario.assertSecret(build);
    build.close();
    scenario.assertDelivered(build);
  }

  @ParameterizedTest
  @CsvSource({"bios, PARAVIRTUALIZED, ''", "hybrid, PARAVIRTUALIZED, ''", "uefi, CUSTOM, UEFI_64"})
  void anImageThatBootsFromUefiOnlySaysSo(String firmware, String mode, String expected)
      throws Exception {
    scenario.manifest.with("system.firmware", firmware);
    TestBuild build = scenario.build();

    scenario.upload(build);

    String id = cloud.images().get(0);
    assertEquals(mode, cloud.image(id, "/launchMode"));
    assertEquals(expected, cloud.image(id, "/launchOptions/firmware"));
  }

  @ParameterizedTest
  @CsvSource({"1, 10485760", "104857600000, 10485760", "104857600001, 10485761"})
  void partsGrowWithTheFileSinceTheirNumberIsLimited(long size, int part) {
    assertEquals(part, MultipartUpload.partSize(size));
  }

  @Test
  void anImportThatFailsFailsTheBuildWithItsReason() throws Exception {
    cloud.failImport("The file is not a valid QCOW2 image.");
    String message = failure();
    assertTrue(message.contains(" (state DELETED): The file is not a valid QCOW2 image."), message);
  }

  @Test
  void aLimitThatIsReachedIsNamed() throws Exception {
    cloud.withMaxImages(0);
    String message = failure();
    assertTrue(message.contains("The limit of custom images is exceeded"), message);
    assertTrue(message.contains("ask for a higher service limit"), message);
  }

  @Test
  void aMissingRightIsNamedWithTheStatementOfAPolicy() throws Exception {
    cloud.fail(
        CREATE,
        FakeOracle.refusal(404, "NotAuthorizedOrNotFound", "Authorization failed or not found."));
    String message = failure();
    assertTrue(
        message.contains("Allow group GROUP to manage instance-images in compartment COMPARTMENT"),
        message);
  }

  @Test
  void anImageOfTheSameNameIsLeftAlone() throws Exception {
    String other = cloud.addImage("image");
    cloud.withMaxImages(1);
    TestBuild build = scenario.build();
    assertThrows(BuildException.class, () -> scenario.upload(build));
    build.close();
    assertEquals(List.of(other), cloud.images());
    assertEquals(List.of(), cloud.objects());
  }

  @Test
  void anObjectThatCannotBeDeletedAtOnceIsDeletedAtTheEnd() throws Exception {
    cloud.fail(DELETE, FakeOracle.refusal(403, "NotAuthorized", "It is locked"));
    TestBuild build = scenario.build();

    scenario.upload(build);

    assertEquals(1, build.deliveredRemotely().size());
    assertEquals(1, build.held().size());
    assertTrue(
        build.logged().stream().anyMatch(line -> line.contains("is not deleted yet")),
        build.logged().toString());
    build.close();
    scenario.assertDelivered(build);
  }

  @Test
  void aRequestThatArrivesDuringTheReleaseMakesNoImage() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    CountDownLatch processed = new CountDownLatch(1);
    TestBuild build = cancelledWhileWaiting(CREATE, late, processed);
    // The request arrives when the image was looked up for the last time before its object.
    cloud.fail(
        "GET .*/u",
        (call, effect) -> {
          late.countDown();
          Fault.awaitQuietly(processed);
          cloud.completeImports();
          call.close();
        });

    build.close();

    assertEquals(0, processed.getCount());
    scenario.assertNothingLeft();
  }

  @Test
  void partsThatAreJoinedLateBecomeNoObject() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    CountDownLatch processed = new CountDownLatch(1);
    TestBuild build = cancelledWhileWaiting(COMMIT, late, processed);

    build.close();
    late.countDown();
    processed.await();

    scenario.assertNothingLeft();
  }
}
