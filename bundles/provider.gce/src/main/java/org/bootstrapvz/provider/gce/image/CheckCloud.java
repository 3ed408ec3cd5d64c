/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
 * Logs in to Google Cloud before anything is built and asks for all that could prevent the upload:
 * bucket, project, permissions, names and quota.
 */
@Component
@TaskDefinition(description = "Checking Google Cloud", phase = Phase.VALIDATION)
public final class CheckCloud implements Task {
  private static final Duration BUDGET = Duration.ofSeconds(60);

  private static final List<String> OF_OBJECTS =
      List.of("storage.objects.create", "storage.objects.delete", "storage.objects.get");

  /** An archive that stays has its state changed at the end. */
  private static final List<String> OF_KEPT_OBJECTS =
      List.of(
          "storage.objects.create",
          "storage.objects.delete",
          "storage.objects.get",
          "storage.objects.update");

  private static final List<String> OF_IMAGES =
      List.of(
          "compute.globalOperations.get",
          "compute.globalOperations.list",
          "compute.images.create",
          "compute.images.delete",
          "compute.images.get",
          "compute.images.setLabels");

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
    try (Google google = Google.open(surroundings, manifest, BUDGET, build::mask, build::log)) {
      build.progress(-1, "asking Google Cloud");
      google.logIn();
      Questions questions = new Questions();
      questions.ask(all -> checkBucket(google, manifest, all));
      if (RegisterImage.isWanted(manifest)) {
        Compute compute = google.compute(manifest.at("provider.gce_project").text());
        questions.ask(all -> checkQuota(compute, all));
        questions.ask(all -> checkPermissions(google, compute.project(), all));
        questions.ask(all -> checkImage(compute, ImageName.of(manifest), all));
      }
      questions.end();
      String account = google.credentials().account();
      build.log(
          "The image goes to "
              + (RegisterImage.isWanted(manifest)
                  ? "the project " + manifest.at("provider.gce_project").text()
                  : manifest.at("provider.gcs_destination").text())
              + ", with the credentials from "
              + google.credentials().source()
              + (account.isEmpty() ? "" : " (" + account + ")"));
    }
  }

  private static void checkBucket(Google google, Manifest manifest, List<String> problems)
      throws BuildException {
    Destination destination = Destination.of(manifest);
    boolean kept = !RegisterImage.isWanted(manifest);
    List<String> wanted = kept ? OF_KEPT_OBJECTS : OF_OBJECTS;
    Optional<Set<String>> granted = google.storage().granted(destination.bucket(), wanted);
    if (granted.isEmpty()) {
      problems.add(
          "There is no bucket gs://"
              + destination.bucket()
              + ". Create it: gcloud storage buckets create gs://"
              + destination.bucket());
      return;
    }
    reportMissing(
        wanted,
        granted.get(),
        google,
        "the bucket gs://" + destination.bucket(),
        "roles/storage.objectAdmin",
        problems);
    if (kept
        && granted.get().contains("storage.objects.get")
        && google.storage().get(destination.bucket(), destination.kept(manifest)).isPresent()) {
      problems.add(
          "There already is an object "
              + destination.address(destination.kept(manifest))
              + ". "
              + ImageName.TAKEN);
    }
  }

  private static void reportMissing(
      List<String> wanted,
      Set<String> granted,
      Google google,
      String where,
      String role,
      List<String> problems) {
    Set<String> missing = new TreeSet<>(wanted);
    missing.removeAll(granted);
    if (!missing.isEmpty()) {
      String account = google.credentials().account();
      problems.add(
          "The login from "
              + google.credentials().source()
              + (account.isEmpty() ? "" : " (" + account + ")")
              + " lacks permissions in "
              + where
              + ": "
              + String.join(", ", missing)
              + ". The role "
              + role
              + " has them");
    }
  }

  /** The quota is in the description of the project. */
  private static void checkQuota(Compute compute, List<String> problems) throws BuildException {
    for (JsonNode quota : compute.describe().path("quotas")) {
      double limit = quota.path("limit").asDouble(0);
      double usage = quota.path("usage").asDouble(0);
      if (quota.path("metric").asString("").equals("IMAGES") && usage >= limit) {
        problems.add(
            "The quota of the project "
                + compute.project()
                + " is used up: it has "
                + (long) usage
                + " of "
                + (long) limit
                + " images. "
                + Operation.QUOTA_REMEDY);
      }
    }
  }

  private static void checkPermissions(Google google, String project, List<String> problems)
      throws BuildException {
    Optional<Set<String>> granted = google.resourceManager().granted(project, OF_IMAGES);
    if (granted.isPresent()) {
      reportMissing(
          OF_IMAGES,
          granted.get(),
          google,
          "the project " + project,
          "roles/compute.storageAdmin",
          problems);
    }
  }

  private static void checkImage(Compute compute, String name, List<String> problems)
      throws BuildException {
    if (compute.get(name).isPresent()) {
      problems.add(
          "The project "
              + compute.project()
              + " already has an image "
              + name
              + ". "
              + ImageName.TAKEN);
    }
  }
}
