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
import org.bootstrapvz.cloud.upload.CloudTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeOracle;
import org.junit.jupiter.api.Test;

class CheckCloudTest extends CloudTest<FakeOracle, UploadScenario> {
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
    return e.getMessage()
        .replace(cloud.address().toString(), "CLOUD")
        .replace(scenario.configuration.toString(), "CONFIG");
  }

  @Test
  void aCloudThatAcceptsTheUploadIsNamedInTheLog() throws Exception {
    TestBuild build = scenario.build();
    new CheckCloud(scenario.surroundings()).run(build);
    assertEquals(
        List.of(
            "The image goes to the compartment "
                + FakeOracle.COMPARTMENT
                + " in eu-frankfurt-1, with the credentials from profile DEFAULT in "
                + scenario.configuration),
        build.logged());
    scenario.assertNothingLeft();
  }

  @Test
  void allProblemsAreSaidAtOnce() throws Exception {
    String other = cloud.addImage("image");
    scenario.manifest.with("provider.upload.bucket", "other");
    assertEquals(
        "There is no bucket other in eu-frankfurt-1, or the user may not see it. Create it: oci os"
            + " bucket create --name other --compartment-id COMPARTMENT, or allow it: Allow group"
            + " GROUP to read buckets in compartment COMPARTMENT\n"
            + "The compartment already has an image image: "
            + other
            + ". Users would not know which one is meant. Delete it, or choose another name, for"
            + " example with {%Y}{%m}{%d}",
        failure());
  }

  @Test
  void aKeyThatOracleDoesNotKnowIsRefusedOnceWithItsSource() throws Exception {
    cloud.revokeKey();
    assertEquals(
        "The Object Storage service of Oracle at CLOUD/ does not accept the login (status 401: The"
            + " required information to complete authentication was not provided.). Check that the"
            + " user still has the API key "
            + FakeOracle.fingerprint()
            + " of the credentials from profile DEFAULT in CONFIG",
        failure());
    assertEquals(1, cloud.requests().size());
  }

  @Test
  void aCompartmentThatIsNotThereIsNamedWithTheStatementOfAPolicy() throws Exception {
    scenario.manifest.with("provider.upload.compartment", "ocid1.compartment.oc1..other");
    String message = failure();
    assertTrue(
        message.contains(
            "does not list the images of the compartment ocid1.compartment.oc1..other (status 404"),
        message);
    assertTrue(
        message.contains("Allow group GROUP to manage instance-images in compartment"), message);
  }

  @Test
  void withoutARegionTheVariableIsNamed() throws Exception {
    Files.writeString(
        scenario.configuration, Files.readString(scenario.configuration).replace("region=", "x="));
    assertEquals(
        "The credentials from profile DEFAULT in CONFIG have no region. Set provider.upload.region"
            + " or OCI_CLI_REGION",
        failure());
    scenario.variables.put("OCI_CLI_REGION", "Frankfurt!");
    assertEquals(
        "\"Frankfurt!\" is not the identifier of a region, such as eu-frankfurt-1", failure());
  }

  @Test
  void anAddressWithoutEncryptionIsRefused() throws Exception {
    scenario.variables.put("OCI_COMPUTE_ENDPOINT", "http://iaas.example.org");
    assertEquals(
        "OCI_COMPUTE_ENDPOINT is \"http://iaas.example.org\", but must be an address that starts"
            + " with https://",
        failure());
  }

  @Test
  void aCloudThatIsNotThereIsExplained() throws Exception {
    scenario.close();
    String message = failure();
    assertTrue(
        message.contains("The Object Storage service of Oracle at CLOUD/ cannot be reached"),
        message);
    assertTrue(message.contains("that eu-frankfurt-1 is the identifier of a region"), message);
  }
}
