/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.page.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.testkit.TestManifest;

/** Returns two errors with their locations, and one plan. */
record MadeUpPlanner(Plan plan) implements Planner {
  /** With a manifest: the appliance checks that its machine runs the programs of the image. */
  MadeUpPlanner {
    plan =
        new Plan(
            new TestManifest(),
            plan.provider(),
            plan.plugins(),
            plan.tasks(),
            plan.relations(),
            plan.hostCommands());
  }

  @Override
  public Planning plan(ManifestSource source) {
    Path manifest = source.file();
    List<Problem> problems = new ArrayList<>();
    List<String> lines;
    try {
      lines = Files.readAllLines(manifest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean wrong = false;
    for (int i = 0; i < lines.size(); i++) {
      int typo = lines.get(i).indexOf("filesytem");
      if (typo >= 0) {
        wrong = true;
        problems.add(
            new Problem(
                Problem.Severity.ERROR,
                new Location(manifest, i + 1, typo + 1),
                "volume.partitions.root",
                "\"filesytem\" is not a key here",
                "Did you mean \"filesystem\"?"));
      }
      int small = lines.get(i).indexOf("1MiB");
      if (small >= 0) {
        problems.add(
            new Problem(
                Problem.Severity.WARNING,
                new Location(manifest, i + 1, small + 1),
                "volume.partitions.root.size",
                "1 MiB is little for a Debian system",
                "1 GiB holds a minimal one"));
      }
    }
    return new Planning(wrong ? Optional.empty() : Optional.of(plan), problems);
  }
}
