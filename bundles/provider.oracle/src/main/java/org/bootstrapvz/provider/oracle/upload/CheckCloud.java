/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.cloud.http.Questions;
import org.bootstrapvz.cloud.http.Surroundings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import tools.jackson.databind.JsonNode;

/**
 * Logs in to Oracle Cloud Infrastructure before anything is built and asks for what could prevent
 * the upload: bucket, compartment and name. Rights to write cannot be asked for.
 */
@Component
@TaskDefinition(description = "Checking Oracle Cloud Infrastructure", phase = Phase.VALIDATION)
public final class CheckCloud implements Task {
  private static final Duration BUDGET = Duration.ofSeconds(60);

  private final Surroundings surroundings;

  /** Uses the credentials of this process. */
  @Activate
  public CheckCloud() {
    this(Surroundings.ofThisProcess());
  }

  CheckCloud(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run(Build build) throws BuildException {
    Manifest manifest = build.manifest();
    try (Oci oci = Oci.open(surroundings, manifest, BUDGET, build::mask, build::log)) {
      build.progress(-1, "asking Oracle Cloud Infrastructure");
      String namespace = oci.objects().namespace();
      Questions questions = new Questions();
      questions.ask(all -> checkBucket(oci, namespace, manifest, all));
      questions.ask(all -> checkName(oci, manifest, all));
      questions.end();
      build.log(
          "The image goes to the compartment "
              + manifest.at("provider.upload.compartment").text()
              + " in "
              + oci.region()
              + ", with the "
              + oci.credentials());
    }
  }

  private static void checkBucket(
      Oci oci, String namespace, Manifest manifest, List<String> problems) throws BuildException {
    String name = manifest.at("provider.upload.bucket").text();
    if (!oci.objects().exists(new ObjectStorage.Bucket(namespace, name))) {
      problems.add(
          "There is no bucket "
              + name
              + " in "
              + oci.region()
              + ", or the user may not see it. Create it: oci os bucket create --name "
              + name
              + " --compartment-id COMPARTMENT, or allow it: Allow group GROUP to read buckets in"
              + " compartment COMPARTMENT");
    }
  }

  private static void checkName(Oci oci, Manifest manifest, List<String> problems)
      throws BuildException {
    List<JsonNode> taken =
        oci.images().named(manifest.at("provider.upload.compartment").text(), manifest.name());
    if (!taken.isEmpty()) {
      problems.add(
          "The compartment already has an image "
              + manifest.name()
              + ": "
              + taken.stream()
                  .map(image -> image.path("id").asString(""))
                  .collect(Collectors.joining(", "))
              + ". Users would not know which one is meant. Delete it, or choose another name, for"
              + " example with {%Y}{%m}{%d}");
    }
  }
}
