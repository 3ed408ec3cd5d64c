/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Builds that are killed or interrupted leave nothing behind. */
class InterruptedBuildIT {
  private Distribution distribution;
  private Path manifest;

  @BeforeEach
  void makeFolder() throws IOException {
    distribution = new Distribution("interrupted");
    // With the archive, the builds after the one that is killed in "Package installation" start
    // from the base system.
    String example = Files.readString(Distribution.example("bookworm"));
    String text = example.replace("bootstrapper:\n", "bootstrapper:\n  tarball: true\n");
    assertNotEquals(example, text);
    manifest = distribution.manifest("bookworm.yml", text);
  }

  private Distribution.Running buildUpTo(String phase) throws IOException, InterruptedException {
    Distribution.Running build = distribution.start("build", manifest.toString());
    build.await(line -> line.contains(phase));
    return build;
  }

  @Test
  void afterAKillInAnyPhaseTheNextStartReleasesEverything() throws Exception {
    List<String> phases =
        List.of(
            "Validation",
            "Preparation",
            "Volume creation",
            "Volume preparation",
            "Volume mounting",
            "OS installation",
            "Package installation",
            "System modification",
            "User modification",
            "System cleaning",
            "Volume unmounting",
            "Image registration");
    for (String phase : phases) {
      if (phase.equals("User modification")) {
        continue; // This manifest has no task in it.
      }
      try (Distribution.Running build = buildUpTo(phase)) {
        build.signal("KILL");
        build.end();
      }
      distribution.awaitNoLeftovers("killed in phase " + phase);
      assertTrue(
          distribution.workspaces().size() <= 1,
          "the build killed before this one was not released: " + distribution.workspaces());
    }
    Distribution.Outcome last = distribution.run("build", manifest.toString());
    assertEquals(0, last.status(), last.output());
    assertEquals(List.of(), distribution.workspaces());
    assertEquals(List.of(), distribution.leftovers());
  }

  @Test
  void interruptedOnceItReleasesEverythingAndReportsIt() throws Exception {
    try (Distribution.Running build = buildUpTo("Package installation")) {
      build.signal("INT");
      Distribution.Outcome outcome = build.end();
      assertEquals(130, outcome.status(), outcome.output());
      assertTrue(outcome.output().toLowerCase().contains("cancelled"), outcome.output());
    }
    assertEquals(List.of(), distribution.leftovers());
    assertEquals(List.of(), distribution.workspaces());
  }

  @Test
  void interruptedTwiceItStopsImmediatelyAndLeavesNoProcessOrMount() throws Exception {
    try (Distribution.Running build = buildUpTo("Package installation")) {
      build.signal("INT");
      build.signal("INT");
      Distribution.Outcome outcome = build.end();
      assertEquals(130, outcome.status(), outcome.output());
    }
    distribution.awaitNoLeftovers("interrupted twice");
  }
}
