/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.problem.Suggestion;
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
 * Logs in to Azure before anything is built and asks for all that could prevent the upload:
 * subscription, resource group, location, rights, gallery and name.
 */
@Component
@TaskDefinition(description = "Checking Azure", phase = Phase.VALIDATION)
public final class CheckCloud implements Task {
  private static final Duration BUDGET = Duration.ofSeconds(60);
  private static final String COMPUTE = "Microsoft.Compute/";

  private static final List<String> OF_DISKS =
      List.of(
          COMPUTE + "disks/read",
          COMPUTE + "disks/write",
          COMPUTE + "disks/delete",
          COMPUTE + "disks/beginGetAccess/action",
          COMPUTE + "disks/endGetAccess/action");

  private static final List<String> OF_IMAGES =
      List.of(COMPUTE + "images/read", COMPUTE + "images/write", COMPUTE + "images/delete");

  private static final List<String> OF_VERSIONS =
      List.of(
          COMPUTE + "galleries/read",
          COMPUTE + "galleries/images/read",
          COMPUTE + "galleries/images/versions/read",
          COMPUTE + "galleries/images/versions/write",
          COMPUTE + "galleries/images/versions/delete");

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
    try (Azure azure = Azure.open(surroundings, manifest, BUDGET, build::mask, build::log)) {
      build.progress(-1, "asking Azure");
      azure.logIn();
      Destination destination = Destination.of(manifest);
      Questions questions = new Questions();
      questions.ask(all -> checkSubscription(azure, manifest, all));
      if (questions.allWell()) {
        questions.ask(all -> checkGroup(azure, destination, all));
      }
      // Without them, all that follows has the same answer.
      questions.end();
      questions.ask(all -> checkLocation(azure, manifest, all));
      questions.ask(all -> checkPermissions(azure, destination, all));
      if (destination.isGallery()) {
        questions.ask(all -> checkDefinition(azure, manifest, destination, all));
      }
      questions.ask(all -> checkName(azure, destination, all));
      questions.end();
      build.log(
          "The image becomes the "
              + destination
              + ", subscription "
              + azure.subscription()
              + ", with the credentials from "
              + azure.credentials().source());
    }
  }

  private static void checkSubscription(Azure azure, Manifest manifest, List<String> problems)
      throws BuildException {
    JsonNode subscription =
        azure
            .resources()
            .get("/subscriptions/" + azure.subscription())
            .orElseThrow(() -> new BuildException("There is no such subscription"));
    String state = subscription.path("state").asString("Enabled");
    if (state.equals("Disabled") || state.equals("Deleted") || state.equals("Warned")) {
      problems.add(
          "The subscription "
              + azure.subscription()
              + " accepts no changes: its state is "
              + state
              + ". Choose another one in provider.upload.subscription");
    }
  }

  private static void checkGroup(Azure azure, Destination destination, List<String> problems)
      throws BuildException {
    if (azure.resources().get(destination.groupId(azure.subscription())).isEmpty()) {
      problems.add(
          "There is no resource group "
              + destination.group()
              + " in the subscription "
              + azure.subscription()
              + ". Create it: az group create --name "
              + destination.group()
              + " --location LOCATION");
    }
  }

  private static void checkLocation(Azure azure, Manifest manifest, List<String> problems)
      throws BuildException {
    Optional<JsonNode> provider =
        azure
            .resources()
            .ask("/subscriptions/" + azure.subscription() + "/providers/Microsoft.Compute");
    if (provider.isEmpty()) {
      return;
    }
    String state = provider.get().path("registrationState").asString("Registered");
    if (!state.equals("Registered")) {
      problems.add(
          "The subscription does not use disks and images yet (Microsoft.Compute is "
              + state
              + ")"
              + AzureError.remedy("MissingSubscriptionRegistration"));
    }
    Set<String> known = new TreeSet<>();
    for (JsonNode type : provider.get().path("resourceTypes")) {
      if (type.path("resourceType").asString("").equals("disks")) {
        type.path("locations")
            .valueStream()
            .forEach(each -> known.add(Destination.location(each.asString(""))));
      }
    }
    if (known.isEmpty()) {
      return;
    }
    String chosen = Destination.location(manifest.at("provider.upload.location").text(""));
    Stream.concat(Stream.of(chosen), Destination.of(manifest).regions().stream())
        .filter(each -> !each.isEmpty() && !known.contains(each))
        .forEach(each -> problems.add(unknown(each, known)));
  }

  private static String unknown(String location, Set<String> known) {
    return "Azure has no location "
        + location
        + Suggestion.nearest(location, known)
            .map(near -> ". Did you mean " + near + "?")
            .orElse(". It has: " + String.join(", ", known));
  }

  /** A login that may not see its rights gets to know what it lacks when it needs it. */
  private static void checkPermissions(Azure azure, Destination destination, List<String> problems)
      throws BuildException {
    Optional<JsonNode> answer =
        azure
            .resources()
            .ask(
                destination.groupId(azure.subscription())
                    + "/providers/Microsoft.Authorization/permissions");
    if (answer.isEmpty()) {
      return;
    }
    List<String> wanted = new ArrayList<>(OF_DISKS);
    wanted.addAll(destination.isGallery() ? OF_VERSIONS : OF_IMAGES);
    List<String> missing = Permissions.of(answer.get()).missing(wanted);
    if (!missing.isEmpty()) {
      problems.add(
          "The login from "
              + azure.credentials().source()
              + " lacks rights in the resource group "
              + destination.group()
              + ": "
              + String.join(", ", missing)
              + ". The role Contributor has them");
    }
  }

  private static void checkDefinition(
      Azure azure, Manifest manifest, Destination destination, List<String> problems)
      throws BuildException {
    if (azure.resources().get(destination.galleryId(azure.subscription())).isEmpty()) {
      problems.add(
          "There is no gallery "
              + destination.gallery()
              + " in the resource group "
              + destination.group()
              + ". Create it: az sig create -g "
              + destination.group()
              + " --gallery-name "
              + destination.gallery());
      return;
    }
    Optional<JsonNode> found =
        azure.resources().get(destination.definitionId(azure.subscription()));
    if (found.isEmpty()) {
      problems.add(
          "There is no image definition "
              + destination.definition()
              + " in the gallery "
              + destination.gallery()
              + ". Create it: az sig image-definition create -g "
              + destination.group()
              + " --gallery-name "
              + destination.gallery()
              + " --gallery-image-definition "
              + destination.definition()
              + " --publisher PUBLISHER --offer debian --sku SKU --os-type Linux --os-state"
              + " Generalized --hyper-v-generation "
              + Requests.generation(manifest)
              + " --architecture "
              + Requests.architecture(manifest));
      return;
    }
    Map<String, String> needed = new LinkedHashMap<>();
    needed.put("osType", "Linux");
    needed.put("osState", "Generalized");
    needed.put("hyperVGeneration", Requests.generation(manifest));
    needed.put("architecture", Requests.architecture(manifest));
    needed.forEach(
        (property, value) -> {
          String defined = found.get().at("/properties/" + property).asString(value);
          if (!defined.equals(value)) {
            problems.add(
                "The image definition "
                    + destination.definition()
                    + " is for another image: its "
                    + property
                    + " is "
                    + defined
                    + ", that of this image "
                    + value
                    + ". Choose or create another definition");
          }
        });
  }

  private static void checkName(Azure azure, Destination destination, List<String> problems)
      throws BuildException {
    if (azure.resources().get(destination.imageId(azure.subscription())).isPresent()) {
      problems.add(RegisterImage.taken(destination));
    }
  }
}
