/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.upload.UploadContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeAws;
import org.bootstrapvz.testkit.cloud.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTest extends UploadContract<FakeAws, UploadScenario> {
  private static final String START = "POST /snapshots";
  private static final String PUT = "PUT .*/blocks/.*";
  private static final String COMPLETE = "POST .*/completion/.*";
  private static final String REGISTER = "POST / RegisterImage";

  @Override
  protected UploadScenario scenario(Path folder) throws IOException {
    return new UploadScenario(folder);
  }

  @Override
  protected List<String> requests() {
    return List.of(
        START,
        PUT,
        COMPLETE,
        "POST / DescribeSnapshots",
        REGISTER,
        "POST / DescribeImages",
        "POST / CreateTags",
        "POST / GetCallerIdentity");
  }

  @Override
  protected String sending() {
    return PUT;
  }

  @Override
  protected List<String> cancelled() {
    return List.of(START, PUT, COMPLETE, REGISTER);
  }

  @Override
  protected int minRequests() {
    return 9;
  }

  @Override
  protected String completeFile() {
    return "\nThe image was not uploaded; it is complete in ";
  }

  @Override
  protected Map<String, Fault> ownErrors() {
    return Map.of(
        "throttled",
        FakeAws.refusal(400, "ThrottlingException", "Rate exceeded"),
        "limit",
        FakeAws.refusal(503, "RequestLimitExceeded", "Slower"));
  }

  @Test
  void theImageIsUploadedWithoutItsZerosRegisteredMarkedAndDelivered() throws Exception {
    scenario
        .manifest
        .with("provider.description", "Debian {system.release}")
        .with("tags.Team", "{system.architecture} & co");
    TestBuild build = scenario.build();

    scenario.upload(build);

    scenario.assertDelivered(build);
    String image = cloud.images().get(0);
    String snapshot = cloud.snapshots().get(0);
    assertEquals(
        List.of(
            new Artefact.Remote(
                "ec2-image",
                FakeAws.ACCOUNT,
                "eu-central-1",
                image,
                "https://eu-central-1.console.aws.amazon.com/ec2/home?region=eu-central-1"
                    + "#ImageDetails:imageId="
                    + image)),
        build.deliveredRemotely());
    Map<String, String> registration = new TreeMap<>(cloud.registration(image));
    registration.keySet().removeIf(name -> name.startsWith("TagSpecification"));
    assertEquals(
        "{Action=RegisterImage, Architecture=x86_64, BlockDeviceMapping.1.DeviceName=/dev/xvda,"
            + " BlockDeviceMapping.1.Ebs.DeleteOnTermination=true,"
            + " BlockDeviceMapping.1.Ebs.SnapshotId=SNAPSHOT,"
            + " BlockDeviceMapping.1.Ebs.VolumeType=gp3, BootMode=legacy-bios,"
            + " Description=Debian trixie, EnaSupport=true, ImdsSupport=v2.0, Name=image,"
            + " RootDeviceName=/dev/xvda, SriovNetSupport=simple, Version=2016-11-15,"
            + " VirtualizationType=hvm}",
        registration.toString().replace(snapshot, "SNAPSHOT"));
    for (String id : List.of(image, snapshot)) {
      assertEquals("amd64 & co", cloud.tags(id).get("Team"));
      assertEquals("image", cloud.tags(id).get("Name"));
      assertEquals("image", cloud.tags(id).get("bootstrap-vz-manifest"));
      assertTrue(cloud.tags(id).get("bootstrap-vz-build").matches("[0-9a-f]{32}"));
    }
    String start = cloud.start(snapshot);
    assertTrue(start.contains("\"VolumeSize\":1,"), start);
    assertTrue(start.contains("\"Description\":\"Debian trixie\""), start);
    assertTrue(
        start.contains(
            "\"ClientToken\":\"" + cloud.tags(snapshot).get("bootstrap-vz-build") + "\""),
        start);
    assertTrue(build.secrets().contains(Secret.of(FakeAws.SECRET_KEY)));
    scenario.assertSecret(build);
    build.close();
    scenario.assertDelivered(build);
  }

  @ParameterizedTest
  @CsvSource({
    "amd64, bios, x86_64, legacy-bios",
    "amd64, uefi, x86_64, uefi",
    "amd64, hybrid, x86_64, uefi-preferred",
    "arm64, uefi, arm64, uefi"
  })
  void architectureAndBootModeAreThoseOfTheManifest(
      String architecture, String firmware, String registered, String mode) throws Exception {
    scenario.manifest.with("system.architecture", architecture).with("system.firmware", firmware);
    scenario.upload(scenario.build());
    Map<String, String> registration = cloud.registration(cloud.images().get(0));
    assertEquals(registered, registration.get("Architecture"));
    assertEquals(mode, registration.get("BootMode"));
  }

  @Test
  void theSnapshotIsEncryptedWithTheKeyOfTheManifest() throws Exception {
    String key = "arn:aws:kms:eu-central-1:123456789012:key/1";
    scenario.manifest.with("provider.encrypted", true).with("provider.kms_key_id", key);
    scenario.upload(scenario.build());
    String start = cloud.start(cloud.snapshots().get(0));
    assertTrue(start.contains("\"Encrypted\":true,\"KmsKeyArn\":\"" + key + "\""), start);
  }

  @Test
  void aBlockWhoseBodyDidNotArriveIsSentAgain() throws Exception {
    cloud.fail(
        PUT, FakeAws.refusal(400, "ValidationException", "Failed to read block data: timeout"));
    TestBuild build = scenario.build();
    scenario.upload(build);
    scenario.assertDelivered(build);
  }

  @Test
  void aSnapshotThatEbsDoesNotKnowYetIsWaitedFor() throws Exception {
    cloud.withHiddenPuts(5);
    TestBuild build = scenario.build();
    scenario.upload(build);
    scenario.assertDelivered(build);
  }

  @Test
  void aWrongChecksumIsNoticedByEbs() throws Exception {
    cloud.fail(PUT, FakeAws.refusal(400, "ValidationException", "The checksum differs"));
    String message = failure();
    assertTrue(message.contains("The checksum differs"), message);
  }

  @Test
  void aSnapshotThatFailsIsNamed() throws Exception {
    cloud.withFailingSnapshots();
    String message = failure();
    assertTrue(message.startsWith("EC2 could not complete the snapshot snap-"), message);
  }

  @Test
  void aMissingRightIsNamedWithItsAction() throws Exception {
    cloud.fail(START, FakeAws.refusal(403, "AccessDeniedException", "You are not authorized"));
    String message = failure();
    assertTrue(message.contains("Allow the action ebs:StartSnapshot; the README"), message);
  }

  @Test
  void aQuotaThatIsUsedUpIsNamed() throws Exception {
    cloud.withMaxPending(0);
    String message = failure();
    assertTrue(message.contains("(status 402: ServiceQuotaExceededException"), message);
    assertTrue(message.contains("A quota of the account is used up"), message);
  }

  @Test
  void aNameThatWasTakenDuringTheBuildIsNotReplaced() throws Exception {
    cloud.addImage("ami-foreign", "image");
    TestBuild build = scenario.build();
    BuildException e = assertThrows(BuildException.class, () -> scenario.upload(build));
    assertTrue(e.getMessage().contains("Another image got this name"), e.getMessage());
    build.close();
    assertEquals(List.of("ami-foreign"), cloud.inventory());
  }

  @Test
  void aKeyThatExpiresDuringTheUploadIsRenewed() throws Exception {
    scenario.variables.remove("AWS_ACCESS_KEY_ID");
    scenario.variables.remove("AWS_SECRET_ACCESS_KEY");
    scenario.variables.remove("AWS_EC2_METADATA_DISABLED");
    scenario.variables.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", cloud.address().toString());
    Fault expire =
        (call, effect) -> {
          cloud.expireKeys();
          effect.happen();
          call.close();
        };
    cloud.fail(PUT, expire);
    cloud.fail("POST / CreateTags", expire);
    TestBuild build = scenario.build();

    scenario.upload(build);

    scenario.assertDelivered(build);
    scenario.assertSecret(build);
    assertTrue(
        build.secrets().stream().filter(each -> each.reveal().startsWith("temporary-t")).count()
            > 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {START, REGISTER})
  void aRequestThatArrivesAfterTheReleaseCreatesNothing(String request) throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    CountDownLatch processed = new CountDownLatch(1);
    TestBuild build = cancelledWhileWaiting(request, late, processed);

    build.close();
    late.countDown();
    processed.await();

    assertEquals(List.of(), cloud.inventory());
  }

  @Test
  void anImageThatIsRegisteredDuringTheReleaseIsFoundWithItsSnapshot() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    CountDownLatch processed = new CountDownLatch(1);
    TestBuild build = cancelledWhileWaiting(REGISTER, late, processed);
    cloud.fail(
        "POST / DeleteSnapshot",
        (call, effect) -> {
          late.countDown();
          Fault.awaitQuietly(processed);
          effect.happen();
          call.close();
        });

    build.close();

    assertEquals(List.of(), cloud.inventory());
  }

  @Test
  void aLargeFileIsSentByManyConnectionsAndNotKeptInMemory() throws Exception {
    TestBuild build = scenario.build();
    Path file = build.workspace().resolveSibling("image.raw");
    int blocks = 200;
    try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "rw")) {
      image.setLength(0);
      image.setLength(2L << 30);
      byte[] block = new byte[UploadScenario.BLOCK];
      for (int i = 0; i < blocks; i++) {
        block[0] = (byte) (i + 1);
        block[1] = 1;
        image.seek((long) i * 20 * UploadScenario.BLOCK);
        image.write(block);
      }
    }
    assertEquals(2L << 30, Files.size(file));

    scenario.upload(build);

    assertEquals(blocks, cloud.blocks(cloud.snapshots().get(0)).size());
    assertTrue(cloud.start(cloud.snapshots().get(0)).contains("\"VolumeSize\":2,"));
    List<String> logged = new ArrayList<>(build.logged());
    assertTrue(
        logged.stream().anyMatch(line -> line.contains("Sent 200 blocks, 104857600 bytes")),
        logged.toString());
    assertFalse(build.progress().isEmpty());
  }
}
