/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

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
import org.bootstrapvz.cloud.ledger.NoCredentialsException;
import org.bootstrapvz.cloud.upload.CloudScenario;
import org.bootstrapvz.cloud.upload.CloudTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeAzure;
import org.bootstrapvz.testkit.cloud.Fault;
import org.junit.jupiter.api.Test;

class ReleaseTest extends CloudTest<FakeAzure, UploadScenario> {
  private static final String DISK = "disks/bootstrap-vz-" + "%032x".formatted(1);

  @Override
  protected UploadScenario scenario(Path folder) throws IOException {
    return new UploadScenario(folder);
  }

  /** A build that was killed when it had asked for the image. */
  private TestBuild killed() throws Exception {
    scenario.killAt("PUT .*/images/.*", Fault.after(503));
    TestBuild build = scenario.build();
    assertThrows(CloudScenario.Killed.class, () -> scenario.upload(build));
    scenario.revive();
    assertEquals(List.of(DISK, "images/image"), cloud.inventory());
    return build;
  }

  @Test
  void whatDoesNotBearTheMarkOfTheBuildIsLeftAlone() throws Exception {
    TestBuild build = killed();
    cloud.completeOperations();
    cloud.setTag("images/image", Mark.BUILD, "of another build");
    cloud.setTag(DISK, Mark.BUILD, "of another build");

    build.close();

    assertEquals(List.of(DISK, "images/image"), cloud.inventory());
  }

  @Test
  void aLoginWithoutRightsDeletesNothingAndKeepsTheEntry() throws Exception {
    TestBuild build = killed();
    cloud.without("Microsoft.Compute/images/delete").without("Microsoft.Compute/disks/delete");

    String message = notReleased(build);

    assertTrue(message.contains("to perform action 'Microsoft.Compute/disks/delete'"), message);
    assertEquals(2, build.held().size());
    cloud.completeOperations();
    assertEquals(List.of(DISK, "images/image"), cloud.inventory());
  }

  @Test
  void aSubscriptionThatTheLoginDoesNotSeeIsNotTakenForOneThatIsEmpty() throws Exception {
    TestBuild build = killed();
    for (int i = 0; i < 20; i++) {
      cloud.fail(
          "GET /subscriptions/.*",
          FakeAzure.refusal(404, "SubscriptionNotFound", "The subscription could not be found."));
    }

    String message = notReleased(build);

    assertTrue(message.contains("The subscription could not be found."), message);
    assertEquals(2, build.held().size());
  }

  @Test
  void aCloudThatDoesNotAnswerIsGivenUpSoon() throws Exception {
    TestBuild build = killed();
    for (int i = 0; i < 200; i++) {
      cloud.fail("DELETE .*", Fault.before(503));
    }

    String message = notReleased(build);

    assertTrue(message.contains("no more than 10 s are spent"), message);
  }

  @Test
  void aDeletionThatHasNoEffectIsAnErrorAndKeepsTheEntry() throws Exception {
    TestBuild build = killed();
    cloud.completeOperations();
    cloud.fail("DELETE .*/disks/.*", Fault.before(202));
    cloud.fail("DELETE .*/disks/.*", Fault.before(202));

    String message = notReleased(build);

    assertTrue(message.contains("Azure has not deleted " + DISK + " within 60 seconds"), message);
    assertEquals(List.of(DISK), cloud.inventory());
    assertEquals(2, build.held().size());
  }

  @Test
  void withoutTheirCredentialsNothingIsDeleted() throws Exception {
    TestBuild build = killed();
    scenario.variables.clear();

    String message = notReleased(build);

    assertTrue(message.contains("AZURE_CLIENT_SECRET is not set"), message);
    assertEquals(2, build.held().size());
  }

  @Test
  void anotherApplicationDeletesNothing() throws Exception {
    TestBuild build = killed();
    scenario.variables.put("AZURE_CLIENT_ID", "another");
    int before = cloud.requests().size();

    String message = notReleased(build);

    assertTrue(
        message.contains("AZURE_CLIENT_ID is another one than " + FakeAzure.CLIENT), message);
    assertEquals(before, cloud.requests().size());
  }

  @Test
  void theCloudIsThatOfTheBuildWhateverTheVariablesName() throws Exception {
    TestBuild build = killed();
    scenario.variables.put("AZURE_SUBSCRIPTION_ID", "00000000-0000-0000-0000-000000000000");
    scenario.variables.put("AZURE_RESOURCE_MANAGER_URL", "https://management.example.org");

    build.close();

    scenario.assertNothingLeft();
  }

  @Test
  void theInventoryListsWhatBearsTheMarkAndDeletesItDiskLast() throws Exception {
    killed();
    cloud.completeOperations();
    cloud.addImage("of-somebody-else");
    try (CloudInventory.Account account =
        new AzureInventory(scenario.surroundings()).open("", secret -> {})) {
      List<CloudResource> all = account.list();
      assertEquals(
          List.of(
              "azure-image " + UploadScenario.id("images/image"),
              "azure-disk " + UploadScenario.id(DISK)),
          all.stream().map(each -> each.kind() + " " + each.id()).toList());
      for (CloudResource each : all) {
        assertEquals(FakeAzure.SUBSCRIPTION, each.account());
        assertEquals("westeurope", each.region());
        assertEquals("image", each.mark().manifest());
        assertEquals(Mark.State.BUILDING, each.mark().state());
        assertTrue(each.created().toEpochMilli() > 0);

        account.delete(each);
        account.delete(each);
      }

      assertEquals(List.of(), account.list());
      assertEquals(List.of("images/of-somebody-else"), cloud.inventory());
    }
  }

  @Test
  void theInventoryNamesTheRightThatItLacks() throws Exception {
    killed();
    cloud.without("Microsoft.Compute/images/read");
    try (CloudInventory.Account account =
        new AzureInventory(scenario.surroundings()).open("", secret -> {})) {
      String message = assertThrows(BuildException.class, account::list).getMessage();
      assertTrue(message.contains("to perform action 'Microsoft.Compute/images/read'"), message);
    }
  }

  @Test
  void withoutALoginTheInventorySaysSo() {
    scenario.variables.clear();
    assertThrows(
        NoCredentialsException.class,
        () -> new AzureInventory(scenario.surroundings()).open("", secret -> {}));
  }
}
