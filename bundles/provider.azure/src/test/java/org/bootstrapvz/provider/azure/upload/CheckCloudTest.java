/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.upload.CloudTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeAzure;
import org.bootstrapvz.testkit.cloud.Fault;
import org.junit.jupiter.api.Test;

class CheckCloudTest extends CloudTest<FakeAzure, UploadScenario> {
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
    return e.getMessage().replace(cloud.address().toString(), "CLOUD");
  }

  private List<String> success() throws Exception {
    TestBuild build = scenario.build();
    new CheckCloud(scenario.surroundings()).run(build);
    scenario.assertSecret(build);
    scenario.assertNothingLeft();
    return build.logged();
  }

  @Test
  void aCloudThatAcceptsTheUploadIsNamedInTheLog() throws Exception {
    assertEquals(
        List.of(
            "The image becomes the image image in the resource group sample-images, subscription "
                + FakeAzure.SUBSCRIPTION
                + ", with the credentials from the environment variables AZURE_*"),
        success());
    scenario.useGallery();
    assertTrue(
        success()
            .get(0)
            .startsWith(
                "The image becomes the version 2026.1.2 of debian in the gallery sample_gallery"));
  }

  @Test
  void allProblemsAreSaidAtOnce() throws Exception {
    cloud
        .without("Microsoft.Compute/images/write")
        .without("Microsoft.Compute/disks/beginGetAccess/action")
        .withRegistration("NotRegistered");
    cloud.addImage("image");
    scenario.manifest.with("provider.upload.location", "westerneurope");
    assertEquals(
        "The subscription does not use disks and images yet (Microsoft.Compute is NotRegistered)."
            + " Register it: az provider register --namespace Microsoft.Compute\n"
            + "Azure has no location westerneurope. Did you mean westeurope?\n"
            + "The login from the environment variables AZURE_* lacks rights in the resource group"
            + " sample-images: Microsoft.Compute/disks/beginGetAccess/action,"
            + " Microsoft.Compute/images/write. The role Contributor has them\n"
            + "There already is the image image in the resource group sample-images. Delete it, or"
            + " choose another name, for example with {%Y}{%m}{%d}",
        failure());
  }

  @Test
  void aWrongSecretIsRefusedOnceWithItsRemedy() throws Exception {
    scenario.variables.put("AZURE_CLIENT_SECRET", "wrong");
    assertEquals(
        "The login of Azure at CLOUD/ does not accept the credentials (status 401: AADSTS7000215:"
            + " Invalid client secret provided.). Check AZURE_TENANT_ID, AZURE_CLIENT_ID and"
            + " AZURE_CLIENT_SECRET. A secret expires: az ad app credential list --id "
            + FakeAzure.CLIENT,
        failure());
    assertEquals(1, cloud.requests().size());
  }

  @Test
  void aSubscriptionThatIsNotThereIsNamed() throws Exception {
    scenario.manifest.with("provider.upload.subscription", "00000000-0000-0000-0000-000000000000");
    String message = failure();
    assertTrue(
        message.contains(
            "The subscription '00000000-0000-0000-0000-000000000000' could not be found."),
        message);
    assertTrue(message.contains("The login is from the environment variables AZURE_*"), message);
  }

  @Test
  void aResourceGroupThatIsNotThereIsNamedWithTheCommandThatCreatesIt() throws Exception {
    scenario.manifest.with("provider.upload.resource_group", "other");
    assertEquals(
        "There is no resource group other in the subscription "
            + FakeAzure.SUBSCRIPTION
            + ". Create it: az group create --name other --location LOCATION",
        failure());
  }

  @Test
  void aGalleryThatIsNotThereIsNamedWithTheCommandThatCreatesIt() throws Exception {
    scenario.useGallery();
    scenario.manifest.with("provider.upload.gallery", "other");
    assertTrue(
        failure()
            .contains(
                "There is no gallery other in the resource group sample-images. Create it: az sig"
                    + " create -g sample-images --gallery-name other"));
  }

  @Test
  void aDefinitionThatIsNotThereIsNamedWithTheCommandThatCreatesIt() throws Exception {
    scenario.useGallery();
    scenario.manifest.with("provider.upload.definition", "other");
    assertTrue(
        failure()
            .endsWith(
                "--gallery-image-definition other --publisher PUBLISHER --offer debian --sku SKU"
                    + " --os-type Linux --os-state Generalized --hyper-v-generation V1"
                    + " --architecture x64"));
  }

  @Test
  void aDefinitionForAnotherImageIsRefusedWithAllDifferences() throws Exception {
    scenario.useGallery();
    cloud.withDefinition("debian", "V2", "Arm64");
    String other = "The image definition debian is for another image: its ";
    String end = ". Choose or create another definition";
    assertEquals(
        other
            + "hyperVGeneration is V2, that of this image V1"
            + end
            + "\n"
            + other
            + "architecture is Arm64, that of this image x64"
            + end,
        failure());
  }

  @Test
  void aVersionThatIsTakenIsNamed() throws Exception {
    scenario.useGallery();
    cloud.addVersion("debian", "2026.1.2");
    assertEquals(
        "There already is the version 2026.1.2 of debian in the gallery sample_gallery. Delete it,"
            + " or choose another version, for example with {%Y}.{%m}.{%d}",
        failure());
  }

  @Test
  void aLoginThatMayNotSeeItsRightsIsAskedAboutTheRest() throws Exception {
    cloud.fail(".*/permissions", Fault.before(403));
    cloud.fail(".*/providers/Microsoft.Compute", Fault.before(403));
    assertEquals(1, success().size());
  }

  @Test
  void withoutASubscriptionTheVariableIsNamed() throws Exception {
    scenario.variables.remove("AZURE_SUBSCRIPTION_ID");
    assertEquals(
        "The credentials from the environment variables AZURE_* are for no subscription. Set"
            + " provider.upload.subscription or AZURE_SUBSCRIPTION_ID",
        failure());
  }

  @Test
  void anAddressWithoutEncryptionIsRefused() throws Exception {
    scenario.variables.put("AZURE_RESOURCE_MANAGER_URL", "http://management.example.org");
    assertEquals(
        "AZURE_RESOURCE_MANAGER_URL is \"http://management.example.org\", but must be an address"
            + " that starts with https://",
        failure());
  }

  @Test
  void aCloudThatIsNotThereIsExplained() throws Exception {
    scenario.close();
    assertTrue(failure().contains("The login of Azure at CLOUD/ cannot be reached"));
  }
}
