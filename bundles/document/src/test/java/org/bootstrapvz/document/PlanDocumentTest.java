/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Relation;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanDocumentTest {
  private static final PlannedTask UPDATE =
      task("org.example.apt.AptUpdate", Phase.PACKAGE_INSTALLATION, "Fetching \"lists\"");
  private static final PlannedTask CLEAN = task("org.example.Clean", Phase.CLEANING, "");

  private static PlannedTask task(String id, Phase phase, String description) {
    return new PlannedTask(
        id,
        id.substring("org.example.".length()),
        phase,
        description,
        "org.example",
        "1.2.0",
        List.of("provider kvm", "plugin x"));
  }

  private static final PlanDocument DOCUMENT =
      PlanDocument.of(
          new Plan(
              new TestManifest().withFile(Path.of("images/web.yml")),
              "kvm",
              List.of("commands"),
              List.of(UPDATE, CLEAN),
              List.of(new Relation(UPDATE.id(), CLEAN.id(), "Clean is declared after AptUpdate")),
              new TreeSet<>(Set.of(new HostCommand("qemu-img", "qemu-utils")))));

  @Test
  void isReadAsItWasWritten() {
    assertEquals(DOCUMENT, PlanDocument.parse(DOCUMENT.json()));
    assertEquals(DOCUMENT, PlanDocument.parse(DOCUMENT.indentedJson()));
  }

  @Test
  void hasTheMembersThatAreDocumented() {
    assertEquals(
        """
        {
          "manifest" : "images/web.yml",
          "provider" : "kvm",
          "plugins" : [ "commands" ],
          "tasks" : [ {
            "id" : "org.example.apt.AptUpdate",
            "name" : "apt.AptUpdate",
            "phase" : "Package installation",
            "description" : "Fetching \\"lists\\"",
            "bundle" : "org.example",
            "version" : "1.2.0",
            "requestedBy" : [ "provider kvm", "plugin x" ]
          }, {
            "id" : "org.example.Clean",
            "name" : "Clean",
            "phase" : "Cleaning",
            "description" : "",
            "bundle" : "org.example",
            "version" : "1.2.0",
            "requestedBy" : [ "provider kvm", "plugin x" ]
          } ],
          "relations" : [ {
            "before" : "org.example.apt.AptUpdate",
            "after" : "org.example.Clean",
            "reason" : "Clean is declared after AptUpdate"
          } ],
          "hostCommands" : [ {
            "name" : "qemu-img",
            "debianPackage" : "qemu-utils"
          } ]
        }
        """,
        DOCUMENT.indentedJson());
  }

  @Test
  void compactJsonIsOneLine() {
    assertFalse(DOCUMENT.json().contains("\n"), DOCUMENT.json());
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void writesAPhaseByItsTitleAndReadsItBack(Phase phase) {
    PlanDocument document = withTask(task("org.example.Any", phase, ""));

    assertTrue(document.json().contains("\"phase\":\"" + phase.title() + "\""), document.json());
    assertEquals(document, PlanDocument.parse(document.json()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "say \"hi\"",
        "a\\b",
        "line\nend",
        "\u001b[1m",
        "Größe",
        "\ud83d\ude00",
        "\ud83d",
      })
  void keepsEveryText(String text) {
    PlanDocument document = withTask(task("org.example.Any", Phase.CLEANING, text));

    byte[] sent = document.json().getBytes(StandardCharsets.UTF_8);

    assertEquals(document, PlanDocument.parse(new String(sent, StandardCharsets.UTF_8)));
  }

  private static PlanDocument withTask(PlannedTask task) {
    return new PlanDocument("web.yml", "kvm", List.of(), List.of(task), List.of(), List.of());
  }

  @Test
  void ignoresMembersOfLaterVersions() {
    assertEquals(
        new PlanDocument("", "kvm", List.of(), List.of(), List.of(), List.of()),
        PlanDocument.parse("{\"provider\": \"kvm\", \"later\": {\"a\": [1]}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"provider\": \"kvm\"} {}",
        "{\"provider\": \"kvm\", \"tasks\": [{\"id\": \"a\", \"phase\": \"Lunch\"}]}",
        "{\"provider\": \"kvm\", \"tasks\": [null]}",
      })
  void refusesOtherTexts(String text) {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> PlanDocument.parse(text));

    assertTrue(
        thrown.getMessage().startsWith("The text is not a valid plan document"),
        thrown.getMessage());
  }
}
