/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.cloud.http.Surroundings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import tools.jackson.databind.JsonNode;

/**
 * Logs in to the cloud before anything is built and asks for all that could prevent the upload:
 * region, role, name and quota.
 */
@Component
@TaskDefinition(description = "Checking the cloud", phase = Phase.VALIDATION)
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
    Credentials credentials =
        new CredentialSearch(surroundings).find(manifest.at("provider.upload.cloud").text(""));
    build.progress(-1, "asking " + credentials.value("auth_url"));
    try (OpenStack cloud =
        OpenStack.open(surroundings, credentials, BUDGET, build::mask, build::log)) {
      List<String> problems = new ArrayList<>();
      checkRoles(cloud.session(), manifest, problems);
      try {
        Glance glance = cloud.glance(manifest.at("provider.upload.region").text(""));
        checkName(glance, cloud.session(), manifest, problems);
        Optional<String> quota = glance.exhaustedQuota();
        if (quota.isPresent()) {
          problems.add(
              "The quota of the project "
                  + cloud.session().projectName()
                  + " is used up: it has "
                  + quota.get()
                  + ". Delete some, or ask for a larger quota");
        }
      } catch (BuildException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
      if (!problems.isEmpty()) {
        throw new BuildException(String.join("\n", problems));
      }
      build.log(
          "The image goes to the project "
              + cloud.session().projectName()
              + " ("
              + cloud.session().project()
              + "), with the credentials from "
              + credentials.source());
    }
  }

  /** Policies differ from cloud to cloud; only what no cloud permits is an error. */
  private static void checkRoles(Session session, Manifest manifest, List<String> problems) {
    if (session.roles().equals(Set.of("reader"))) {
      problems.add(
          "The login may only read in the project "
              + session.projectName()
              + ": it has the role reader. Ask for the role member");
    }
  }

  private static void checkName(
      Glance glance, Session session, Manifest manifest, List<String> problems)
      throws BuildException {
    List<String> taken = glance.named(manifest.name()).stream().map(each -> id(each)).toList();
    if (!taken.isEmpty()) {
      problems.add(
          "The project "
              + session.projectName()
              + " already has an image "
              + manifest.name()
              + ": "
              + String.join(", ", taken)
              + ". Clients would not know which one is meant. Delete it, or choose another name,"
              + " for example with {%Y}{%m}{%d}");
    }
  }

  private static String id(JsonNode image) {
    return image.path("id").asString("");
  }
}
