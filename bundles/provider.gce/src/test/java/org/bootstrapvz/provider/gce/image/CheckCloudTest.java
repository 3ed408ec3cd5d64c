/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.upload.CloudTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeGoogle;
import org.junit.jupiter.api.Test;

class CheckCloudTest extends CloudTest<FakeGoogle, UploadScenario> {
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
        .replace(scenario.variables.get("GOOGLE_APPLICATION_CREDENTIALS"), "KEY");
  }

  private List<String> success() throws Exception {
    TestBuild build = scenario.build();
    new CheckCloud(scenario.surroundings()).run(build);
    scenario.assertSecret(build);
    assertEquals(List.of(), cloud.objects());
    return build.logged();
  }

  @Test
  void aCloudThatAcceptsTheUploadIsNamedInTheLog() throws Exception {
    assertEquals(
        List.of(
            "The image goes to the project sample-project, with the credentials from the file "
                + scenario.variables.get("GOOGLE_APPLICATION_CREDENTIALS")
                + " ("
                + FakeGoogle.EMAIL
                + ")"),
        success());
    scenario.manifest.without("provider.gce_project");
    assertTrue(success().get(0).startsWith("The image goes to gs://sample-images/debian, with"));
  }

  @Test
  void allProblemsAreSaidAtOnce() throws Exception {
    cloud
        .without("storage.objects.create")
        .without("compute.images.create")
        .without("compute.images.setLabels")
        .withMaxImages(1);
    cloud.addImage("image");
    String who = "The login from the file KEY (" + FakeGoogle.EMAIL + ") lacks permissions in ";
    assertEquals(
        who
            + "the bucket gs://sample-images: storage.objects.create. The role"
            + " roles/storage.objectAdmin has them\n"
            + "The quota of the project sample-project is used up: it has 1 of 1 images. Delete"
            + " images that are not used any more, or ask for a larger quota:"
            + " https://console.cloud.google.com/iam-admin/quotas\n"
            + who
            + "the project sample-project: compute.images.create, compute.images.setLabels. The"
            + " role roles/compute.storageAdmin has them\n"
            + "The project sample-project already has an image image. Delete it, or choose another"
            + " name, for example with {%Y}{%m}{%d}",
        failure());
  }

  @Test
  void aBucketThatIsNotThereIsNamedWithTheCommandThatCreatesIt() throws Exception {
    scenario.manifest.with("provider.gcs_destination", "gs://other/");
    assertEquals(
        "There is no bucket gs://other. Create it: gcloud storage buckets create gs://other",
        failure());
  }

  @Test
  void aWrongProjectIsNamed() throws Exception {
    scenario.manifest.with("provider.gce_project", "other-project");
    String message = failure();
    assertTrue(message.contains("The resource 'projects/other-project' was not found"), message);
  }

  @Test
  void anObjectOfTheNameOfTheResultIsTaken() throws Exception {
    scenario.manifest.without("provider.gce_project");
    cloud.addObject("debian/image.tar.gz");
    assertTrue(
        failure().startsWith("There already is an object gs://sample-images/debian/image.tar.gz."));
  }

  @Test
  void withoutTheApiThatTellsPermissionsTheOtherQuestionsAreAsked() throws Exception {
    cloud.without("cloudresourcemanager");
    assertEquals(1, success().size());
  }

  @Test
  void theKeyOfTheManifestIsUsed() throws Exception {
    scenario.manifest.withFile(folder.resolve("m.yml"));
    scenario.manifest.with("provider.upload.credentials", "other.json");
    assertEquals("The file " + folder + "/other.json with credentials cannot be read", failure());
  }

  @Test
  void aCloudThatIsNotThereIsExplained() throws Exception {
    scenario.close();
    String message = failure();
    assertTrue(message.contains("The login of Google at CLOUD/ cannot be reached"), message);
  }
}
