/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.cloud.ledger.CloudInventory;
import org.bootstrapvz.cloud.ledger.CloudResource;
import org.bootstrapvz.cloud.ledger.Mark;
import org.bootstrapvz.cloud.upload.CloudScenario;
import org.bootstrapvz.cloud.upload.CloudTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeOpenStack;
import org.bootstrapvz.testkit.cloud.Fault;
import org.junit.jupiter.api.Test;

class ImageResourceTest extends CloudTest<FakeOpenStack, UploadScenario> {
  @Override
  protected UploadScenario scenario(Path folder) throws IOException {
    return new UploadScenario(folder);
  }

  /** A build that was killed when it had sent the data. */
  private TestBuild killed() throws Exception {
    scenario.killAt("PUT .*", Fault.after(503));
    TestBuild build = scenario.build();
    assertThrows(CloudScenario.Killed.class, () -> scenario.upload(build));
    scenario.revive();
    assertEquals(1, cloud.images().size());
    return build;
  }

  private String kept(TestBuild build) {
    String message = notReleased(build);
    assertEquals(1, build.held().size());
    return message;
  }

  @Test
  void anotherAccountIsNotTouched() throws Exception {
    TestBuild build = killed();
    cloud.withProject("ffffffffffffffffffffffffffffffff");
    int before = cloud.requests().size();

    String message = kept(build);

    assertTrue(
        message.contains(
            "It belongs to the project "
                + FakeOpenStack.PROJECT
                + ", but the login from the environment variables OS_* is for the project"
                + " ffffffffffffffffffffffffffffffff. Nothing was deleted"),
        message);
    assertEquals(
        List.of("POST /identity/v3/auth/tokens"),
        cloud.requests().subList(before, cloud.requests().size()));
  }

  @Test
  void anImageWithoutTheMarkOfTheBuildIsNotTouched() throws Exception {
    TestBuild build = killed();
    cloud.set(cloud.images().get(0), Mark.BUILD, "of another build");

    String message = kept(build);

    assertTrue(message.contains("does not have the property bootstrap-vz-build"), message);
    assertEquals(1, cloud.images().size());
  }

  @Test
  void aCloudThatDoesNotAnswerIsGivenUpSoon() throws Exception {
    TestBuild build = killed();
    for (int i = 0; i < 100; i++) {
      cloud.fail("DELETE .*", Fault.before(503));
    }

    String message = kept(build);

    assertTrue(message.contains("no more than 10 s are spent"), message);
  }

  @Test
  void withoutTheirCredentialsNothingIsDeleted() throws Exception {
    TestBuild build = killed();
    scenario.variables.clear();
    String message = kept(build);
    assertTrue(message.contains("OS_AUTH_URL is missing"), message);
  }

  @Test
  void theInventoryListsWhatBearsTheMarkAndDeletesIt() throws Exception {
    killed();
    cloud.addImage("11111111-1111-1111-1111-111111111111", "of somebody else");
    try (CloudInventory.Account account =
        new ImageInventory(scenario.surroundings()).open("", secret -> {})) {
      List<CloudResource> all = account.list();
      assertEquals(1, all.size());
      CloudResource image = all.get(0);
      assertEquals("image", image.name());
      assertEquals("image", image.mark().manifest());
      assertEquals(Mark.State.BUILDING, image.mark().state());
      assertEquals(FakeOpenStack.PROJECT, image.account());

      account.delete(image);
      account.delete(image);

      assertEquals(List.of(), account.list());
      assertEquals(List.of("11111111-1111-1111-1111-111111111111"), cloud.images());
    }
  }
}
