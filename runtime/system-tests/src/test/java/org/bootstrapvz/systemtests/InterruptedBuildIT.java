/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Builds that do not get to their end: nothing of them is left. */
class InterruptedBuildIT {
  private Distribution distribution;
  private Path manifest;

  @BeforeEach
  void makeFolder() throws IOException {
    distribution = new Distribution("interrupted");
    manifest =
        distribution.manifest("bookworm.yml", Files.readString(Distribution.example("bookworm")));
  }

  private Distribution.Running buildUpTo(String phase)
      throws IOException, InterruptedException, TimeoutException {
    Distribution.Running build = distribution.start("build", manifest.toString());
    build.await(line -> line.contains(phase), 300);
    return build;
  }

  @Test
  void killedInAnyPhaseNothingIsLeftAfterTheNextStart() throws Exception {
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
        continue; // No task of this manifest is in it.
      }
      try (Distribution.Running build = buildUpTo(phase)) {
        build.signal("KILL");
        build.end(30);
      }
      awaitNoLeftovers(phase);
      assertTrue(
          distribution.workspaces().size() <= 1,
          "the build killed before this one was given back: " + distribution.workspaces());
    }
    Distribution.Outcome last = distribution.run("build", manifest.toString());
    assertEquals(0, last.status(), last.output());
    assertEquals(List.of(), distribution.workspaces());
    assertEquals(List.of(), distribution.leftovers());
  }

  private void awaitNoLeftovers(String phase) throws IOException, InterruptedException {
    assertEquals(List.of(), distribution.lastingLeftovers(), "killed in phase " + phase);
  }

  @Test
  void interruptedOnceItGivesEverythingBackAndSaysSo() throws Exception {
    try (Distribution.Running build = buildUpTo("Package installation")) {
      build.signal("INT");
      Distribution.Outcome outcome = build.end(60);
      assertEquals(130, outcome.status(), outcome.output());
      assertTrue(outcome.output().toLowerCase().contains("cancelled"), outcome.output());
    }
    assertEquals(List.of(), distribution.leftovers());
    assertEquals(List.of(), distribution.workspaces());
  }

  @Test
  void interruptedTwiceItStopsAtOnceAndLeavesNoProcessOrMount() throws Exception {
    try (Distribution.Running build = buildUpTo("Package installation")) {
      build.signal("INT");
      build.signal("INT");
      Distribution.Outcome outcome = build.end(60);
      assertEquals(130, outcome.status(), outcome.output());
    }
    awaitNoLeftovers("Package installation");
  }
}
