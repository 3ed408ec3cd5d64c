/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Relation;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.cli.internal.SamplePlan;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.Test;

class DotPlanTest {
  @Test
  void hasAClusterForEachPhaseANodeForEachTaskAndAnEdgeForEachRelation() {
    Plan plan = SamplePlan.of(Path.of("image.yml"));
    List<String> lines = DotPlan.of(plan).lines().toList();

    assertEquals(12, lines.stream().filter(line -> line.startsWith("  subgraph")).count());
    assertEquals(
        plan.tasks().size(), lines.stream().filter(line -> line.startsWith("    \"")).count());
    assertEquals(
        plan.relations().size(), lines.stream().filter(line -> line.contains(" -> ")).count());
  }

  @Test
  void escapesQuotesBackslashesAndLineEnds() {
    PlannedTask task =
        new PlannedTask("a", "a", Phase.CLEANING, "Say \"\\n\"", "b", "1", List.of());
    Plan plan =
        new Plan(
            new TestManifest().withFile(Path.of("image.yml")),
            "kvm",
            List.of(),
            List.of(task),
            List.of(new Relation("a", "a", "first\nsecond")),
            new TreeSet<>());

    String dot = DotPlan.of(plan);

    assertTrue(dot.contains("[label=\"a\\nSay \\\"\\\\n\\\"\"];"), dot);
    assertTrue(dot.contains("[tooltip=\"first\\nsecond\"];"), dot);
  }
}
