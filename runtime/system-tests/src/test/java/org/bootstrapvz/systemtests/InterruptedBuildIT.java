/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Builds that are killed or interrupted leave nothing behind. */
@Order(4)
class InterruptedBuildIT {
  /** Installs little more than GRUB, so that the phases after that come soon. */
  private static final String FROM_ARCHIVE =
      """
      name: interrupted
      provider: {name: kvm}
      %s
      system:
        release: trixie
        architecture: amd64
        kernel: cloud
        bootloader: grub
        firmware: hybrid
        charmap: UTF-8
        locale: en_US
        timezone: UTC
      volume:
        backing: qcow2
        partitions: {type: gpt, root: {filesystem: ext4, size: 2GiB}}
      """
          .formatted(SharedBase.BOOTSTRAPPER.formatted(SharedBase.KERNEL));

  /** The base system is installed in the last of them. */
  private static final List<String> EARLY =
      List.of(
          "Validation",
          "Preparation",
          "Volume creation",
          "Volume preparation",
          "Volume mounting",
          "OS installation");

  /** No task of the manifest is in the phase "User modification". */
  private static final List<String> LATE =
      List.of(
          "Package installation",
          "System modification",
          "System cleaning",
          "Volume unmounting",
          "Image registration");

  private Distribution distribution;
  private Path manifest;
  private Path fromArchive;

  @BeforeEach
  void makeFolder() throws Exception {
    distribution = new Distribution("interrupted");
    SharedBase.into(distribution);
    manifest =
        distribution.manifest("bookworm.yml", Files.readString(Distribution.example("bookworm")));
    fromArchive = distribution.manifest("interrupted.yml", FROM_ARCHIVE);
  }

  private Distribution.Running buildUpTo(String phase) throws IOException, InterruptedException {
    boolean early = EARLY.contains(phase);
    Distribution.Running build =
        distribution.start("build", (early ? manifest : fromArchive).toString());
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
    Distribution.Outcome last = distribution.run("build", fromArchive.toString());
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
