/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.cloud.aws.AwsException;
import org.bootstrapvz.cloud.ledger.Mark;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Logs in to AWS before anything is built and asks for all that could prevent the upload: region,
 * rights, name and quota.
 */
@Component
@TaskDefinition(description = "Checking the account of AWS", phase = Phase.VALIDATION)
public final class Connect implements Task {
  private static final Duration BUDGET = Duration.ofSeconds(60);
  private static final int MAX_PENDING = 100;

  /** A request that is only checked needs no snapshot that exists. */
  private static final String NONE = "snap-00000000000000000";

  private final Ec2Access access;

  /** Checks accounts that this opens. */
  @Activate
  public Connect(@Reference Ec2Access access) {
    this.access = access;
  }

  @Override
  public void run(Build build) throws BuildException {
    Manifest manifest = build.manifest();
    build.progress(-1, "asking AWS");
    try (Ec2 ec2 = access.open(manifest, BUDGET, build::mask, build::log)) {
      String account = ec2.account();
      List<String> problems = new ArrayList<>();
      if (isRegion(build, ec2, problems)) {
        collect(problems, () -> checkName(ec2, manifest, problems));
        collect(problems, () -> checkPending(ec2, problems));
        collect(problems, () -> checkRight(ec2, manifest));
      }
      if (!problems.isEmpty()) {
        throw new BuildException(String.join("\n", problems));
      }
      build.log(
          "The image goes to the account "
              + account
              + ", region "
              + ec2.region()
              + ", with the credentials from "
              + ec2.session().credentials().source());
    }
  }

  @FunctionalInterface
  private interface Check {
    void run() throws BuildException;
  }

  private static void collect(List<String> problems, Check check) throws BuildException {
    try {
      check.run();
    } catch (AwsException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isRegion(Build build, Ec2 ec2, List<String> problems)
      throws BuildException {
    Map<String, Boolean> regions;
    try {
      regions = ec2.regions();
    } catch (AwsException e) {
      build.log(e.getMessage() + ". The region is not checked");
      return true;
    }
    String region = ec2.region();
    if (!regions.containsKey(region)) {
      problems.add(
          "AWS has no region "
              + region
              + Suggestion.nearest(region, regions.keySet())
                  .map(near -> ". Did you mean " + near + "?")
                  .orElse(". It has: " + String.join(", ", regions.keySet())));
      return false;
    }
    if (!regions.getOrDefault(region, false)) {
      problems.add(
          "The account "
              + ec2.account()
              + " does not use the region "
              + region
              + ". Enable it in the settings of the account");
      return false;
    }
    return true;
  }

  private static void checkName(Ec2 ec2, Manifest manifest, List<String> problems)
      throws BuildException {
    List<String> taken =
        ec2.images(Map.of("name", manifest.name())).stream()
            .map(image -> image.text("imageId"))
            .toList();
    if (!taken.isEmpty()) {
      problems.add(
          "The account "
              + ec2.account()
              + " already has an image "
              + manifest.name()
              + " in "
              + ec2.region()
              + ": "
              + String.join(", ", taken)
              + ". Deregister it, or choose another name, for example with {%Y}{%m}{%d}");
    }
  }

  private static void checkPending(Ec2 ec2, List<String> problems) throws BuildException {
    int pending = ec2.snapshots(Map.of("status", "pending")).size();
    if (pending >= MAX_PENDING) {
      problems.add(
          "The account "
              + ec2.account()
              + " has "
              + pending
              + " pending snapshots in "
              + ec2.region()
              + ", and may have "
              + MAX_PENDING
              + ". Wait until they are complete, or delete some");
    }
  }

  /**
   * EBS direct has no such check. Policies that allow deleting only what bears the mark of a build
   * refuse a check with an id of nothing, so those rights are not checked.
   */
  private static void checkRight(Ec2 ec2, Manifest manifest) throws BuildException {
    Map<String, String> dry =
        new TreeMap<>(Registration.parameters(manifest, NONE, Mark.State.BUILDING.text()));
    dry.put("DryRun", "true");
    try {
      ec2.api().call("RegisterImage", "does not allow to register an image", dry);
    } catch (AwsException e) {
      // EC2 answers with an error also if it allows the request.
      if (e.code().equals("UnauthorizedOperation")) {
        throw e;
      }
    }
  }
}
