/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
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
import org.bootstrapvz.testkit.cloud.FakeOracle;
import org.bootstrapvz.testkit.cloud.Fault;
import org.junit.jupiter.api.Test;

class ReleaseTest extends CloudTest<FakeOracle, UploadScenario> {
  private static final String OBJECT = "bootstrap-vz-" + "%032x".formatted(1) + ".qcow2";

  @Override
  protected UploadScenario scenario(Path folder) throws IOException {
    return new UploadScenario(folder);
  }

  /** A build that was killed when it had asked for the image. */
  private TestBuild killed() throws Exception {
    scenario.killAt("POST .*/images", Fault.after(503));
    TestBuild build = scenario.build();
    assertThrows(CloudScenario.Killed.class, () -> scenario.upload(build));
    scenario.revive();
    assertEquals(1, cloud.images().size());
    assertEquals(List.of(OBJECT), cloud.objects());
    return build;
  }

  @Test
  void whatDoesNotBearTheMarkOfTheBuildIsLeftAlone() throws Exception {
    TestBuild build = killed();
    cloud.completeImports();
    cloud.setTag(cloud.images().get(0), Mark.BUILD, "of another build");
    cloud.setMetadata(OBJECT, "opc-meta-" + Mark.BUILD, "of another build");

    build.close();

    assertEquals(1, cloud.images().size());
    assertEquals(List.of(OBJECT), cloud.objects());
  }

  @Test
  void anotherTenancyIsNotTouched() throws Exception {
    TestBuild build = killed();
    Files.writeString(
        scenario.configuration,
        Files.readString(scenario.configuration)
            .replace(FakeOracle.TENANCY, "ocid1.tenancy.oc1..other"));
    int before = cloud.requests().size();

    String message = notReleased(build);

    assertTrue(
        message.contains(
            "It belongs to the tenancy "
                + FakeOracle.TENANCY
                + ", but the credentials from profile DEFAULT in "
                + scenario.configuration
                + " are for the tenancy ocid1.tenancy.oc1..other. Nothing was deleted"),
        message);
    assertEquals(before, cloud.requests().size());
    assertEquals(2, build.held().size());
  }

  @Test
  void aLoginWithoutRightsDeletesNothingAndKeepsTheEntry() throws Exception {
    TestBuild build = killed();
    cloud.without("objects").without("images");

    String message = notReleased(build);

    assertTrue(message.contains("Authorization failed or requested resource not found"), message);
    assertEquals(2, build.held().size());
  }

  @Test
  void anImageThatIsStillThereAfterItsDeletionIsAnError() throws Exception {
    TestBuild build = killed();
    cloud.completeImports();
    for (int i = 0; i < 4; i++) {
      cloud.fail(
          "DELETE .*/images/.*",
          FakeOracle.refusal(404, "NotAuthorizedOrNotFound", "Not authorized, or not found."));
    }

    String message = notReleased(build);

    assertTrue(message.contains("is still there. Check that a policy allows"), message);
  }

  @Test
  void anObjectThatCannotBeReadOrDeletedIsAnErrorAndKeepsTheEntry() throws Exception {
    TestBuild build = killed();
    cloud.fail("HEAD .*", FakeOracle.refusal(404, "ObjectNotFound", "Not found"));
    cloud.fail("HEAD .*", FakeOracle.refusal(404, "ObjectNotFound", "Not found"));

    assertTrue(notReleased(build).contains("but cannot be read. Check that a policy allows"));

    cloud.fail("DELETE .*/o/.*", FakeOracle.refusal(404, "BucketNotFound", "Not authorized"));
    cloud.fail("DELETE .*/o/.*", FakeOracle.refusal(404, "BucketNotFound", "Not authorized"));

    assertTrue(notReleased(build).contains("does not delete the object " + OBJECT));
    assertEquals(2, build.held().size());
    build.close();
    scenario.assertNothingLeft();
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
  void withoutTheirCredentialsNothingIsDeleted() throws Exception {
    TestBuild build = killed();
    Files.delete(scenario.configuration);

    String message = notReleased(build);

    assertTrue(message.contains("cannot be read"), message);
    assertEquals(2, build.held().size());
  }

  @Test
  void theCloudIsThatOfTheBuildWhateverTheVariablesName() throws Exception {
    TestBuild build = killed();
    scenario.variables.clear();

    build.close();

    scenario.assertNothingLeft();
  }

  @Test
  void theInventoryListsWhatBearsTheMarkAndDeletesItObjectLast() throws Exception {
    killed();
    cloud.completeImports();
    String id = cloud.images().get(0);
    String other = cloud.addImage("image");
    cloud.addObject("bootstrap-vz-of-somebody-else");
    try (CloudInventory.Account account =
        new OciInventory(scenario.surroundings()).open("", secret -> {})) {
      List<CloudResource> all = account.list();
      assertEquals(
          List.of(
              "oracle-image " + FakeOracle.COMPARTMENT + "/" + id,
              "oracle-object samplespace/sample-images/" + OBJECT),
          all.stream().map(each -> each.kind() + " " + each.id()).toList());
      for (CloudResource each : all) {
        assertEquals(FakeOracle.TENANCY, each.account());
        assertEquals("image", each.mark().manifest());
        assertEquals(Mark.State.BUILDING, each.mark().state());
        assertTrue(each.created().toEpochMilli() > 0);

        account.delete(each);
        account.delete(each);
      }

      assertEquals(List.of(), account.list());
      assertEquals(List.of(other), cloud.images());
      assertEquals(List.of("bootstrap-vz-of-somebody-else"), cloud.objects());
    }
  }

  @Test
  void theInventoryNamesTheRightThatItLacks() throws Exception {
    cloud.without("objects");
    try (CloudInventory.Account account =
        new OciInventory(scenario.surroundings()).open("", secret -> {})) {
      String message = assertThrows(BuildException.class, account::list).getMessage();
      assertTrue(message.contains("Allow group GROUP to manage objects"), message);
    }
  }

  @Test
  void withoutALoginTheInventorySaysSo() {
    scenario.variables.remove("OCI_CLI_CONFIG_FILE");
    assertThrows(
        NoCredentialsException.class,
        () -> new OciInventory(scenario.surroundings()).open("", secret -> {}));
  }
}
