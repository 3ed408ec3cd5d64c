/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

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
import org.bootstrapvz.cloud.upload.CloudScenario;
import org.bootstrapvz.cloud.upload.CloudTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeGoogle;
import org.bootstrapvz.testkit.cloud.Fault;
import org.junit.jupiter.api.Test;

class ReleaseTest extends CloudTest<FakeGoogle, UploadScenario> {
  private static final String OBJECT = "debian/bootstrap-vz-" + "%032x".formatted(1) + ".tar.gz";

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
    assertEquals(List.of("image"), cloud.images());
    assertEquals(List.of(OBJECT), cloud.objects());
    return build;
  }

  @Test
  void whatDoesNotBearTheMarkOfTheBuildIsLeftAlone() throws Exception {
    TestBuild build = killed();
    cloud.completeOperations();
    cloud.setLabel("image", Mark.BUILD, "of-another-build");
    cloud.setMetadata(OBJECT, Mark.BUILD, "of-another-build");

    build.close();

    assertEquals(List.of("image"), cloud.images());
    assertEquals(List.of(OBJECT), cloud.objects());
  }

  @Test
  void aLoginWithoutRightsDeletesNothingAndKeepsTheEntry() throws Exception {
    TestBuild build = killed();
    cloud.without("compute.images.delete").without("storage.objects.delete");

    String message = notReleased(build);

    assertTrue(message.contains("Required 'storage.objects.delete' permission"), message);
    assertEquals(2, build.held().size());
    assertEquals(List.of("image"), cloud.images());
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
    Files.delete(Path.of(scenario.variables.get("GOOGLE_APPLICATION_CREDENTIALS")));
    scenario.variables.clear();

    String message = notReleased(build);

    assertTrue(message.contains("with credentials cannot be read"), message);
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
  void theInventoryListsWhatBearsTheMarkAndDeletesIt() throws Exception {
    killed();
    cloud.completeOperations();
    cloud.addImage("of-somebody-else");
    cloud.addObject("of-somebody-else.tar.gz");
    try (CloudInventory.Account account =
        new GceInventory(scenario.surroundings()).open("", secret -> {})) {
      List<CloudResource> all = account.list();
      assertEquals(
          List.of("gce-image image", "gcs-object gs://sample-images/" + OBJECT),
          all.stream().map(each -> each.kind() + " " + each.id()).sorted().toList());
      for (CloudResource each : all) {
        assertEquals(FakeGoogle.PROJECT, each.account());
        assertEquals("image", each.mark().manifest());
        assertEquals(Mark.State.BUILDING, each.mark().state());
        assertTrue(each.created().toEpochMilli() > 0);

        account.delete(each);
        account.delete(each);
      }

      assertEquals(List.of(), account.list());
      assertEquals(List.of("of-somebody-else"), cloud.images());
      assertEquals(List.of("of-somebody-else.tar.gz"), cloud.objects());
    }
  }

  @Test
  void theInventoryNamesTheRightThatItLacks() throws Exception {
    cloud.without("storage.buckets.list");
    try (CloudInventory.Account account =
        new GceInventory(scenario.surroundings()).open("", secret -> {})) {
      String message = assertThrows(BuildException.class, account::list).getMessage();
      assertTrue(message.contains("Required 'storage.buckets.list' permission"), message);
    }
  }
}
