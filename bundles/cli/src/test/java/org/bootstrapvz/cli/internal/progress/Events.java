/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.progress;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.cli.internal.SamplePlan;

/** Events and results of builds. */
final class Events {
  static final Plan PLAN = SamplePlan.of(Path.of("image.yml"));
  static final PlannedTask INSTALL = task("packages.InstallPackages");
  static final PlannedTask UPDATE = task("apt.AptUpdate");
  static final Artefact ARTEFACT =
      new Artefact.Local(Path.of("/images/web.qcow2"), 2L << 30, 512L << 20, "ab".repeat(32));

  private Events() {}

  static BuildEvent planned() {
    return new BuildEvent.Planned("0123abcd", PLAN);
  }

  static BuildResult result(BuildResult.Status status, String error, String... notReleased) {
    boolean good = status == BuildResult.Status.SUCCEEDED;
    return new BuildResult(
        status,
        good ? List.of(ARTEFACT) : List.of(),
        List.of(
            new Problem(
                Problem.Severity.WARNING,
                new Location(Path.of("image.yml"), 3, 5),
                "system.release",
                "wheezy is no longer supported",
                "")),
        error.isEmpty() ? Optional.empty() : Optional.of(INSTALL.id()),
        Optional.of(error).filter(text -> !text.isEmpty()),
        List.of(notReleased),
        Map.of(Phase.PACKAGE_INSTALLATION, Duration.ofMillis(31_240)),
        Duration.ofMillis(32_000));
  }

  private static PlannedTask task(String name) {
    return PLAN.tasks().stream().filter(task -> task.name().equals(name)).findFirst().orElseThrow();
  }
}
