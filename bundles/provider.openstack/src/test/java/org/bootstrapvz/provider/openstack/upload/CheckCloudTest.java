/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.upload.CloudTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeOpenStack;
import org.junit.jupiter.api.Test;

class CheckCloudTest extends CloudTest<FakeOpenStack, UploadScenario> {
  @Override
  protected UploadScenario scenario(Path folder) throws IOException {
    return new UploadScenario(folder);
  }

  private String failure() throws Exception {
    TestBuild build = scenario.build();
    BuildException e =
        assertThrows(
            BuildException.class, () -> new CheckCloud(scenario.surroundings()).run(build));
    scenario.assertSecret(build, e.getMessage());
    return e.getMessage().replace(scenario.cloud.address().toString(), "CLOUD");
  }

  @Test
  void aCloudThatAcceptsTheUploadIsNamedInTheLog() throws Exception {
    TestBuild build = scenario.build();
    new CheckCloud(scenario.surroundings()).run(build);
    assertEquals(
        List.of(
            "The image goes to the project images ("
                + FakeOpenStack.PROJECT
                + "), with the credentials from the environment variables OS_*"),
        build.logged());
    assertEquals(List.of(), scenario.cloud.images());
    scenario.assertSecret(build);
  }

  @Test
  void anApplicationCredentialLogsIn() throws Exception {
    scenario.variables.remove("OS_USERNAME");
    scenario.variables.remove("OS_PASSWORD");
    scenario.variables.remove("OS_PROJECT_NAME");
    scenario.variables.put("OS_APPLICATION_CREDENTIAL_ID", FakeOpenStack.APPLICATION_ID);
    scenario.variables.put("OS_APPLICATION_CREDENTIAL_SECRET", FakeOpenStack.APPLICATION_SECRET);
    TestBuild build = scenario.build();
    new CheckCloud(scenario.surroundings()).run(build);
    scenario.assertSecret(build);
  }

  @Test
  void aWrongPasswordIsRefusedOnceWithItsSource() throws Exception {
    scenario.variables.put("OS_PASSWORD", "wrong");
    assertEquals(
        "The identity service of OpenStack at CLOUD/ does not accept the login (status 401: The"
            + " request you have made requires authentication.). Check user, password, domain and"
            + " project: they are from the environment variables OS_*",
        failure());
    assertEquals(1, scenario.cloud.requests().size());
  }

  @Test
  void allProblemsAreSaidAtOnce() throws Exception {
    scenario.cloud.withRole("reader").withMaxImages(1);
    scenario.cloud.addImage("11111111-1111-1111-1111-111111111111", "image");
    assertEquals(
        "The login may only read in the project images: it has the role reader. Ask for the role"
            + " member\n"
            + "The project images already has an image image: 11111111-1111-1111-1111-111111111111."
            + " Clients would not know which one is meant. Delete it, or choose another name, for"
            + " example with {%Y}{%m}{%d}\n"
            + "The quota of the project images is used up: it has 1 of 1 images. Delete some, or ask"
            + " for a larger quota",
        failure());
  }

  @Test
  void anUnknownRegionIsNamedWithThoseThatExist() throws Exception {
    scenario.manifest.with("provider.upload.region", "RegionTwo");
    assertEquals(
        "The cloud has no image service in the region RegionTwo. It has one in: RegionOne",
        failure());
  }

  @Test
  void anAddressThatIsNotKeystoneIsExplained() throws Exception {
    scenario.variables.put("OS_AUTH_URL", scenario.cloud.address() + "/elsewhere");
    String message = failure();
    assertTrue(
        message.contains("is that of Keystone with its API version 3")
            || message.contains("does not accept the login"),
        message);
  }

  @Test
  void aCloudThatIsNotThereIsExplained() throws Exception {
    scenario.close();
    String message = failure();
    assertTrue(message.contains("cannot be reached"), message);
    assertTrue(message.contains("Check the address from the environment variables OS_*"), message);
  }
}
