/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.upload.CloudTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeAws;
import org.junit.jupiter.api.Test;

class ConnectTest extends CloudTest<FakeAws, UploadScenario> {
  @Override
  protected UploadScenario scenario(Path folder) throws IOException {
    return new UploadScenario(folder);
  }

  private String failure() throws Exception {
    TestBuild build = scenario.build();
    BuildException e = assertThrows(BuildException.class, () -> scenario.connect(build));
    scenario.assertSecret(build, e.getMessage());
    return e.getMessage().replace(scenario.cloud.address().toString(), "CLOUD");
  }

  @Test
  void anAccountThatAcceptsTheUploadIsNamedInTheLog() throws Exception {
    TestBuild build = scenario.build();
    scenario.connect(build);
    assertEquals(
        List.of(
            "The image goes to the account 123456789012, region eu-central-1, with the credentials"
                + " from the environment variables AWS_*"),
        build.logged());
    assertEquals(List.of(), scenario.cloud.inventory());
    scenario.assertSecret(build);
  }

  @Test
  void theKeyOfTheManifestIsUsedBeforeThatOfTheEnvironment() throws Exception {
    scenario.variables.put("AWS_SECRET_ACCESS_KEY", "wrong");
    scenario
        .manifest
        .with("provider.credentials.access-key", FakeAws.ACCESS_KEY)
        .withSecret("provider.credentials.secret-key", FakeAws.SECRET_KEY);
    TestBuild build = scenario.build();
    scenario.connect(build);
    assertTrue(build.logged().get(0).endsWith("from provider.credentials"), build.logged().get(0));
  }

  @Test
  void aWrongKeyIsRefusedOnceWithItsSource() throws Exception {
    scenario.variables.put("AWS_SECRET_ACCESS_KEY", "wrong");
    assertEquals(
        "The token service of AWS at CLOUD/ does not accept the login (status 403:"
            + " SignatureDoesNotMatch: The signature does not match). Check the key: it is from the"
            + " environment variables AWS_*",
        failure());
    assertEquals(1, scenario.cloud.requests().size());
  }

  @Test
  void credentialsAndRegionThatAreMissingAreSaidAtOnce() throws Exception {
    scenario.variables.keySet().removeIf(name -> name.matches("AWS_(ACC|SEC|REG).*"));
    String message = failure();
    assertTrue(message.startsWith("There are no credentials for AWS. Searched: "), message);
    assertTrue(message.contains("\nThere is no region of AWS. Searched: "), message);
  }

  @Test
  void allProblemsAreSaidAtOnce() throws Exception {
    scenario.cloud.deny("RegisterImage").addPendingSnapshots(100);
    scenario.cloud.addImage("ami-1", "image");
    assertEquals(
        "The account 123456789012 already has an image image in eu-central-1: ami-1. Deregister it,"
            + " or choose another name, for example with {%Y}{%m}{%d}\n"
            + "The account 123456789012 has 100 pending snapshots in eu-central-1, and may have 100."
            + " Wait until they are complete, or delete some\n"
            + "The EC2 API at CLOUD/ does not allow to register an image (status 403:"
            + " UnauthorizedOperation: You are not authorized: ec2:RegisterImage). Allow the action"
            + " ec2:RegisterImage; the README of manifests/examples/ec2 has the policy",
        failure());
  }

  @Test
  void anUnknownRegionIsNamedWithTheNearest() throws Exception {
    scenario.manifest.with("provider.region", "eu-central-7");
    assertEquals("AWS has no region eu-central-7. Did you mean eu-central-1?", failure());
  }

  @Test
  void aRegionThatTheAccountDoesNotUseIsNamed() throws Exception {
    scenario.variables.put("AWS_REGION", "ap-east-1");
    assertEquals(
        "The account 123456789012 does not use the region ap-east-1. Enable it in the settings of the"
            + " account",
        failure());
  }

  @Test
  void anAddressThatIsNotSafeIsRefused() throws Exception {
    scenario.variables.put("AWS_ENDPOINT_URL", "http://aws.example.org");
    assertEquals(
        "AWS_ENDPOINT_URL is \"http://aws.example.org\", but must start with https://: requests are"
            + " signed",
        failure());
  }

  @Test
  void aCloudThatIsNotThereIsExplained() throws Exception {
    scenario.close();
    String message = failure();
    assertTrue(message.contains("cannot be reached"), message);
    assertTrue(message.contains("Check the region eu-central-1 and the network"), message);
  }
}
