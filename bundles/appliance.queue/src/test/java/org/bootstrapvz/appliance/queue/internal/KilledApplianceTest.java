/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.history.BuildDetails;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@FailOnStall
class KilledApplianceTest {
  @TempDir Path folder;

  @Test
  void afterAKillTheRunningBuildIsInterruptedAndTheQueuedOnesRunOnce() throws Exception {
    List<Long> ids = new ArrayList<>();
    try (Gate gate = new Gate();
        ApplianceProcess killed = new ApplianceProcess(folder, "killed", "", "", "provider:kvm")) {
      for (int i = 0; i < 10; i++) {
        ids.add(killed.submit("log: 5\n" + gate.line()));
      }
      assertEquals(ids.get(0), gate.next().build());

      killed.kill();
      Path manifest = folder.resolve("scratch").resolve(ids.get(0) + ".yml");
      assertTrue(Files.exists(manifest));

      ScriptedBuilder builder = new ScriptedBuilder("provider:kvm");
      try (TestAppliance appliance = new TestAppliance(folder, builder, new TestSettings())) {
        BuildDetails interrupted = appliance.await(ids.get(0), BuildState.INTERRUPTED);
        assertEquals(
            "The appliance killed died while it was building", interrupted.summary().error());
        assertEquals(1, builder.recoveries());
        for (long id : ids.subList(1, 10)) {
          Gate.Arrival arrival = gate.next();
          assertEquals(id, arrival.build());
          arrival.letThrough();
          appliance.await(id, BuildState.SUCCEEDED);
        }
        assertEquals(9, builder.runs());
        assertEquals(9, appliance.queue().counts().get(BuildState.SUCCEEDED));
      }
    }
  }

  @Test
  void aBuildThatKillsItsApplianceIsNotRetriedForEver() throws Exception {
    TestSettings settings = new TestSettings().with("interrupted", QueueSettings.Interrupted.QUEUE);
    try (Gate gate = new Gate();
        ApplianceProcess killed = new ApplianceProcess(folder, "killed", "", "", "provider:kvm")) {
      long id = killed.submit(gate.line());
      gate.next();
      killed.kill();
      for (int attempt = 2; attempt <= 3; attempt++) {
        try (TestAppliance appliance =
            new TestAppliance(folder, new ScriptedBuilder("provider:kvm"), settings)) {
          assertEquals(id, gate.next().build());
          assertEquals(attempt, appliance.queue().find(id).orElseThrow().summary().attempt());
        }
      }
      try (TestAppliance appliance =
          new TestAppliance(folder, new ScriptedBuilder("provider:kvm"), settings)) {
        appliance.await(id, BuildState.INTERRUPTED);
      }
    }
  }
}
