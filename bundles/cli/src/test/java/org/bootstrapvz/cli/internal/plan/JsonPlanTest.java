/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPlanTest {
  private static Plan plan(PlannedTask... tasks) {
    return new Plan(
        new TestManifest().withFile(Path.of("images/web.yml")),
        "kvm",
        List.of("commands"),
        List.of(tasks),
        List.of(),
        new TreeSet<>());
  }

  @Test
  void hasTheMembersThatAreDocumented() {
    PlannedTask update =
        new PlannedTask(
            "org.example.apt.AptUpdate",
            "apt.AptUpdate",
            Phase.PACKAGE_INSTALLATION,
            "Fetching lists",
            "org.example",
            "1.2.0",
            List.of("provider kvm", "plugin \"x\""));
    PlannedTask clean =
        new PlannedTask(
            "org.example.Clean", "Clean", Phase.CLEANING, "", "org.example", "1.2.0", List.of());

    assertEquals(
        """
        {
          "manifest": "images/web.yml",
          "provider": "kvm",
          "tasks": [
            {"id": "org.example.apt.AptUpdate", "name": "apt.AptUpdate", \
        "phase": "Package installation", "description": "Fetching lists", \
        "bundle": "org.example", "version": "1.2.0", \
        "requestedBy": ["provider kvm", "plugin \\"x\\""]},
            {"id": "org.example.Clean", "name": "Clean", "phase": "Cleaning", \
        "description": "", "bundle": "org.example", "version": "1.2.0", "requestedBy": []}
          ]
        }
        """,
        JsonPlan.of(plan(update, clean)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '^',
      value = {
        "plain, \"plain\"",
        "say \"hi\", \"say \\\"hi\\\"\"",
        "a\\b, \"a\\\\b\"",
        "^line\nend^, \"line\\u000aend\"",
        "^\u001b[1m^, \"\\u001b[1m\"",
        "Größe, \"Größe\"",
        "\ud83d\ude00, \"\\ud83d\\ude00\"",
        "\ud83d, \"\\ud83d\"",
      })
  void escapesWhatMustBeEscaped(String text, String json) {
    assertEquals(json, JsonPlan.string(new StringBuilder(), text).toString());
  }
}
