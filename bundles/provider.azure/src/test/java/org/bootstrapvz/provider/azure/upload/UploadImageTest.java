/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

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
import org.bootstrapvz.testkit.cloud.FakeAzure;
import org.bootstrapvz.testkit.cloud.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadImageTest extends UploadContract<FakeAzure, UploadScenario> {
  private static final String DISK = "PUT .*/disks/[^/]+";
  private static final String BEGIN = "POST .*/beginGetAccess";
  private static final String PUT = "PUT /md-sample/.*";
  private static final String END = "POST .*/endGetAccess";
  private static final String IMAGE = "PUT .*/images/.*";
  private static final String DELETE = "DELETE .*/disks/.*";
  private static final String BUSY_STORAGE = "ServerBusy";
  private static final String DAMAGED = "Md5Mismatch";
  private static final String CONFLICT = "409 AnotherOperationInProgress";

  @Override
  protected UploadScenario scenario(Path folder) throws IOException {
    return new UploadScenario(folder);
  }

  @Override
  protected List<String> requests() {
    return List.of(
        "POST .*/token",
        "GET .*/resourceGroups/[^/]+",
        DISK,
        "GET .*/operations/.*",
        "GET .*/disks/.*",
        BEGIN,
        "GET .*/result",
        PUT,
        END,
        "GET .*/images/.*",
        IMAGE,
        "PATCH .*/images/.*",
        DELETE);
  }

  @Override
  protected String sending() {
    return PUT;
  }

  @Override
  protected List<String> cancelled() {
    return List.of(DISK, BEGIN, PUT, END, IMAGE, "PATCH .*");
  }

  @Override
  protected int minRequests() {
    return 25;
  }

  @Override
  protected String completeFile() {
    return "it is complete in ";
  }

  @Override
  protected Map<String, Fault> ownErrors() {
    return Map.of(
        BUSY_STORAGE,
        FakeAzure.busy(),
        DAMAGED,
        FakeAzure.damaged(),
        CONFLICT,
        FakeAzure.refusal(409, "AnotherOperationInProgress", "Wait"));
  }

  @Override
  protected boolean canMeet(String request, String error) {
    boolean storage = request.equals(PUT);
    return switch (error) {
      case BUSY_STORAGE, DAMAGED -> storage;
      case CONFLICT -> !storage && !request.endsWith("token");
      default -> true;
    };
  }

  /** The disk is deleted after the image was delivered. */
  @Override
  protected boolean mayBeDelivered() {
    return true;
  }

  private long requests(String pattern) {
    return cloud.requests().stream().filter(each -> each.matches(pattern)).count();
  }

  @Test
  void theImageIsMadeOfADiskWithoutItsZerosWhichIsDeleted() throws Exception {
    scenario.manifest.with("tags.Team", "{system.architecture} & co");
    TestBuild build = scenario.build();

    scenario.upload(build);

    scenario.assertDelivered(build);
    assertEquals(
        List.of(
            new Artefact.Remote(
                "azure-image",
                FakeAzure.SUBSCRIPTION,
                "westeurope",
                UploadScenario.id("images/image"),
                "https://portal.azure.com/#resource" + UploadScenario.id("images/image"))),
        build.deliveredRemotely());
    assertEquals("V1", cloud.value("images/image", "/properties/hyperVGeneration"));
    assertEquals("amd64 & co", cloud.value("images/image", "/tags/Team"));
    assertEquals("image", cloud.value("images/image", "/tags/bootstrap-vz-manifest"));
    assertEquals("%032x".formatted(2), cloud.value("images/image", "/tags/bootstrap-vz-build"));
    assertEquals(
        UploadScenario.id("disks/bootstrap-vz-" + "%032x".formatted(1)),
        cloud.value("images/image", "/properties/storageProfile/osDisk/managedDisk/id"));
    // Of 20 MiB, what is not zero, in whole pages.
    assertEquals(UploadScenario.DATA + 3 * 512, cloud.bytesWritten());
    assertEquals(UploadScenario.MIB, cloud.longestWrite());
    assertTrue(build.secrets().stream().anyMatch(each -> each.reveal().contains("sas-of-")));
    assertTrue(build.secrets().stream().anyMatch(each -> each.reveal().equals(FakeAzure.SECRET)));
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
  void aVersionInAGalleryIsCopiedToItsRegions() throws Exception {
    scenario.useGallery();
    scenario.manifest.with("provider.upload.regions", List.of("North Europe", "westeurope"));
    TestBuild build = scenario.build();

    scenario.upload(build);

    scenario.assertDelivered(build);
    assertEquals(
        "[{\"name\":\"westeurope\",\"regionalReplicaCount\":1},"
            + "{\"name\":\"northeurope\",\"regionalReplicaCount\":1}]",
        cloud.value(scenario.name(), "/properties/publishingProfile/targetRegions"));
  }

  @ParameterizedTest
  @CsvSource({
    "amd64, bios, V1, x64",
    "amd64, uefi, V2, x64",
    "amd64, hybrid, V2, x64",
    "arm64, uefi, V2, Arm64"
  })
  void generationAndArchitectureAreThoseOfTheImage(
      String architecture, String firmware, String generation, String expected) throws Exception {
    scenario.useGallery();
    cloud.withDefinition("debian", generation, expected);
    scenario.manifest.with("system.architecture", architecture).with("system.firmware", firmware);
    TestBuild build = scenario.build();

    new UploadImage(scenario.surroundings()).run(build);

    String disk = cloud.inventory().get(0);
    assertEquals(generation, cloud.value(disk, "/properties/hyperVGeneration"));
    assertEquals(expected, cloud.value(disk, "/properties/supportedCapabilities/architecture"));
    new RegisterImage(scenario.surroundings()).run(build);
    scenario.assertDelivered(build);
  }

  @Test
  void aVersionThatCannotBeMadeLeavesNothing() throws Exception {
    scenario.useGallery();
    cloud.withDefinition("debian", "V2", "x64");
    assertTrue(failure().contains("The value of parameter hyperVGeneration is invalid"));
  }

  @Test
  void aTokenThatExpiresIsRenewedOnce() throws Exception {
    for (String request : List.of(DISK, "GET .*/operations/.*", BEGIN, IMAGE, "PATCH .*", DELETE)) {
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
    assertEquals(3 + 6, requests("POST .*/token"));
  }

  @Test
  void anAddressOfTheDiskThatExpiresIsRenewed() throws Exception {
    cloud.fail(
        PUT,
        (call, effect) -> {
          cloud.expireAccess();
          Fault.before(403).apply(call, effect);
        });
    TestBuild build = scenario.build();

    scenario.upload(build);

    scenario.assertDelivered(build);
    assertEquals(2, requests(BEGIN));
    assertEquals(
        2, build.secrets().stream().filter(each -> each.reveal().contains("sas-of-")).count());
    scenario.assertSecret(build);
  }

  @Test
  void aStorageThatRefusesAllAddressesFailsTheBuild() throws Exception {
    for (int i = 0; i < 100; i++) {
      cloud.fail(PUT, Fault.before(403, "x-ms-error-code", "AuthorizationFailure"));
    }
    String message = failure();
    assertTrue(
        message.contains(
            "does not take the data of the image (status 403: AuthorizationFailure). A policy of the"
                + " subscription may forbid to write disks from this network"),
        message);
  }

  @Test
  void aFailedOperationFailsTheBuildWithItsErrorAndLeavesNothing() throws Exception {
    cloud.fail(
        IMAGE,
        (call, effect) -> {
          cloud.failOperation("QuotaExceeded The limit of images is reached.");
          effect.happen();
          call.close();
        });
    String message = failure();
    assertTrue(message.contains("does not create images/image (state Failed)"), message);
  }

  @Test
  void theErrorOfAnOperationIsShownWithItsRemedy() throws Exception {
    cloud.failOperation("QuotaExceeded The limit of disks is reached.");
    String message = failure();
    assertTrue(
        message.matches(
            "(?s)Azure does not create disks/bootstrap-vz-\\w+ \\(QuotaExceeded: The limit of disks is"
                + " reached\\.\\)\\. If it is a quota.*"),
        message);
  }

  @Test
  void aMissingRightIsNamedWithItsRole() throws Exception {
    cloud.without("Microsoft.Compute/disks/beginGetAccess/action");
    String message = failure();
    assertTrue(
        message.contains(
            "to perform action 'Microsoft.Compute/disks/beginGetAccess/action' over scope"),
        message);
    assertTrue(message.contains(". Give the login the role Contributor for the"), message);
  }

  @Test
  void aPolicyThatForbidsTheDiskIsExplained() throws Exception {
    cloud.fail(DISK, FakeAzure.refusal(403, "RequestDisallowedByPolicy", "Disallowed by policy"));
    assertTrue(failure().contains("A policy of the subscription forbids it"));
  }

  @Test
  void anImageWhoseNameWasTakenMeanwhileIsLeftAlone() throws Exception {
    cloud.addImage("image");
    TestBuild build = scenario.build();
    BuildException e = assertThrows(BuildException.class, () -> scenario.upload(build));
    assertTrue(
        e.getMessage()
            .startsWith("There already is the image image in the resource group sample-images."),
        e.getMessage());
    build.close();
    assertEquals(List.of("images/image"), cloud.inventory());
  }

  @Test
  void aDiskThatCannotBeDeletedAtOnceIsDeletedAtTheEnd() throws Exception {
    for (int i = 0; i < 200; i++) {
      cloud.fail(DELETE, FakeAzure.refusal(409, "ScopeLocked", "There is a lock"));
    }
    TestBuild build = scenario.build();
    scenario.upload(build);
    assertEquals(1, build.deliveredRemotely().size());
    assertEquals(1, build.held().size());
    assertTrue(
        build.logged().stream()
            .anyMatch(line -> line.contains("is not deleted yet") && line.contains("az lock list")),
        build.logged().toString());
  }

  @Test
  void anAddressAtAnotherServerGetsNoToken() throws Exception {
    cloud.fail(
        DISK,
        Fault.before(202, "Azure-AsyncOperation", "http://127.0.0.1:1/operations/1?t=eyJ0eXAi."));
    String message = failure();
    assertTrue(
        message.contains("names an address at another server, to which no token is sent"), message);
  }

  @Test
  void anOperationThatIsNotKnownAnyMoreIsFollowedByItsResource() throws Exception {
    cloud.fail("GET .*/operations/.*", FakeAzure.refusal(404, "NotFound", "It was not found."));
    TestBuild build = scenario.build();

    scenario.upload(build);

    scenario.assertDelivered(build);
  }

  @Test
  void anAnswerWithoutAnAddressOfTheDiskFailsTheBuild() throws Exception {
    cloud.fail(BEGIN, Fault.before(200));
    assertTrue(failure().contains("Azure gives no address for writing the disk"));
  }

  @Test
  void aRequestThatArrivesBetweenTwoLooksLeavesNoDisk() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    CountDownLatch processed = new CountDownLatch(1);
    TestBuild build = cancelledWhileWaiting(DISK, late, processed);
    cloud.fail(
        "GET .*/disks/.*",
        (call, effect) -> {
          effect.happen();
          late.countDown();
          Fault.awaitQuietly(processed);
          cloud.completeOperations();
          FakeAzure.refusal(404, "ResourceNotFound", "It is not there.").apply(call, effect);
        });

    build.close();

    scenario.assertNothingLeft();
    assertEquals(1, requests(DELETE));
  }

  @Test
  void aRequestThatArrivesDuringTheReleaseMakesNoImage() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    CountDownLatch processed = new CountDownLatch(1);
    TestBuild build = cancelledWhileWaiting(IMAGE, late, processed);
    // The request arrives when the image was looked up for the last time before its disk.
    cloud.fail(
        "GET .*/disks/.*",
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
