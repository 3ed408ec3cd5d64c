/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.cli.internal.SamplePlan;
import org.junit.jupiter.api.Test;

class TextPlanTest {
  private final Plan plan = SamplePlan.of(Path.of("image.yml"));

  @Test
  void showsPhasesAsHeadingsAndNumbersTheTasks() {
    List<String> lines = TextPlan.of(plan).lines().toList();

    assertEquals("Validation", lines.get(0));
    assertEquals(
        "   1  loopback.AddRequiredCommands            Naming the commands for images in files",
        lines.get(1).replaceAll("(Commands) +", "$1            "));
    assertEquals("", lines.get(8));
    assertEquals("Preparation", lines.get(9));
    assertEquals(plan.tasks().size() + 12 + 11, lines.size());
  }

  @Test
  void alignsTheDescriptions() {
    List<Integer> starts =
        TextPlan.of(plan)
            .lines()
            .filter(line -> line.startsWith(" "))
            .map(
                line ->
                    line.indexOf(
                        plan.tasks()
                            .get(Integer.parseInt(line.substring(0, 4).strip()) - 1)
                            .description()))
            .distinct()
            .toList();

    assertEquals(1, starts.size());
  }
}
