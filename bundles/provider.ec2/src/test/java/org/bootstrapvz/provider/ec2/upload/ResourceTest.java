/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.ledger.CloudInventory;
import org.bootstrapvz.cloud.ledger.CloudResource;
import org.bootstrapvz.cloud.ledger.Mark;
import org.bootstrapvz.cloud.upload.CloudScenario;
import org.bootstrapvz.cloud.upload.CloudTest;
import org.bootstrapvz.provider.ec2.internal.Ec2Inventory;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeAws;
import org.bootstrapvz.testkit.cloud.Fault;
import org.junit.jupiter.api.Test;

class ResourceTest extends CloudTest<FakeAws, UploadScenario> {
  @Override
  protected UploadScenario scenario(Path folder) throws IOException {
    return new UploadScenario(folder);
  }

  /** A build that was killed when it had registered the image. */
  private TestBuild killed() throws Exception {
    cloud.fail("POST / CreateTags", Fault.before(503));
    TestBuild build = scenario.build();
    scenario.killAt("POST / RegisterImage", Fault.after(503));
    assertThrows(CloudScenario.Killed.class, () -> scenario.upload(build));
    scenario.revive();
    assertEquals(2, cloud.inventory().size());
    return build;
  }

  @Test
  void anotherAccountIsNotTouched() throws Exception {
    TestBuild build = killed();
    cloud.withAccount("999999999999");
    int before = cloud.requests().size();

    String message = notReleased(build);

    assertTrue(
        message.contains(
            "It belongs to the account 123456789012, but the login from the environment variables"
                + " AWS_* is for the account 999999999999. Nothing was deleted"),
        message);
    assertEquals(2, build.held().size());
    assertTrue(
        cloud.requests().subList(before, cloud.requests().size()).stream()
            .allMatch("POST / GetCallerIdentity"::equals));
  }

  @Test
  void theKeyOfAManifestIsForgottenWithTheProcessAndSaidSo() throws Exception {
    scenario
        .manifest
        .with("provider.credentials.access-key", FakeAws.ACCESS_KEY)
        .withSecret("provider.credentials.secret-key", FakeAws.SECRET_KEY);
    scenario.variables.remove("AWS_ACCESS_KEY_ID");
    scenario.variables.remove("AWS_SECRET_ACCESS_KEY");
    TestBuild build = killed();

    String message = notReleased(build);

    assertTrue(
        message.contains(
            "It was created with the key AKIAPERMANENT of a manifest, which is not stored. There are"
                + " no credentials for AWS"),
        message);
    scenario.variables.put("AWS_ACCESS_KEY_ID", FakeAws.ACCESS_KEY);
    scenario.variables.put("AWS_SECRET_ACCESS_KEY", FakeAws.SECRET_KEY);
    build.close();
    assertEquals(List.of(), cloud.inventory());
  }

  @Test
  void aBuildThatFailsDeletesWithTheKeyOfItsManifest() throws Exception {
    scenario
        .manifest
        .with("provider.credentials.access-key", FakeAws.ACCESS_KEY)
        .withSecret("provider.credentials.secret-key", FakeAws.SECRET_KEY);
    scenario.variables.remove("AWS_ACCESS_KEY_ID");
    scenario.variables.remove("AWS_SECRET_ACCESS_KEY");
    cloud.fail("POST .*completion.*", FakeAws.refusal(403, "AccessDeniedException", "No"));
    TestBuild build = scenario.build();
    assertThrows(BuildException.class, () -> scenario.upload(build));
    build.close();
    assertEquals(List.of(), cloud.inventory());
  }

  @Test
  void aSnapshotThatSomebodyElseUsesIsNotDeleted() throws Exception {
    TestBuild build = killed();
    cloud.tags(cloud.images().get(0)).clear();

    String message = notReleased(build);

    assertTrue(message.contains("InvalidSnapshot.InUse"), message);
    assertEquals(2, cloud.inventory().size());
  }

  @Test
  void anAccountThatDoesNotAnswerIsGivenUpSoon() throws Exception {
    TestBuild build = killed();
    for (int i = 0; i < 100; i++) {
      cloud.fail("POST / De.*", Fault.before(503));
    }
    assertTrue(notReleased(build).contains("no more than 10 s are spent"));
  }

  @Test
  void theInventoryListsWhatBearsTheMarkAndDeletesIt() throws Exception {
    killed();
    cloud.addImage("ami-foreign", "of somebody else");
    cloud.addPendingSnapshots(7);
    try (CloudInventory.Account account =
        new Ec2Inventory(scenario.access()).open("", secret -> {})) {
      List<CloudResource> all = account.list();
      assertEquals(
          List.of("ec2-image", "ec2-snapshot"), all.stream().map(CloudResource::kind).toList());
      CloudResource image = all.get(0);
      assertEquals("image", image.name());
      assertEquals("image", image.mark().manifest());
      assertEquals(Mark.State.BUILDING, image.mark().state());
      assertEquals(FakeAws.ACCOUNT, image.account());
      assertEquals(FakeAws.REGION, image.region());

      for (CloudResource each : all) {
        account.delete(each);
        account.delete(each);
      }

      assertEquals(List.of(), account.list());
      assertEquals(8, cloud.inventory().size());
    }
  }
}
