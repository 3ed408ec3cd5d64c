/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Relation;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDocumentTest {
  private static final TestManifest MANIFEST =
      new TestManifest().withSecret("plugins.root_password.password", "hunter2hunter2");

  private static final PlannedTask TASK =
      new PlannedTask(
          "org.example.Work",
          "Work",
          Phase.OS_INSTALLATION,
          "Works \"hard\"",
          "org.example",
          "1.0.0",
          List.of("provider kvm"));

  private static final Plan PLAN =
      new Plan(
          MANIFEST,
          "kvm",
          List.of("commands"),
          List.of(TASK),
          List.of(new Relation(TASK.id(), TASK.id(), "a reason")),
          new TreeSet<>(Set.of(new HostCommand("qemu-img", "qemu-utils"))));

  private static final Artefact IMAGE =
      new Artefact.Local(Path.of("/images/a b.raw"), 1L << 40, 7, "ab".repeat(32));

  private static final Artefact REMOTE =
      new Artefact.Remote("ec2-image", "4711", "eu-central-1", "ami-1", "https://example.org/1");

  static Stream<BuildResult> results() {
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    phases.put(Phase.VALIDATION, Duration.ofNanos(1));
    phases.put(Phase.CLEANING, Duration.ofHours(30).plusMillis(5));
    return Stream.of(BuildResult.Status.values())
        .flatMap(
            status ->
                Stream.of(
                    new BuildResult(
                        status,
                        List.of(IMAGE, REMOTE),
                        List.of(
                            new Problem(
                                Problem.Severity.WARNING,
                                new Location(Path.of("web.yml"), 3, 7),
                                "volume.size",
                                "It is large",
                                "Choose less")),
                        Optional.of(TASK.id()),
                        Optional.of("It broke\nand how"),
                        List.of("mount /a: busy"),
                        phases,
                        Duration.ofSeconds(3)),
                    new BuildResult(
                        status,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        Duration.ZERO)));
  }

  static Stream<BuildEvent> events() {
    return Stream.concat(
        Stream.of(
            new BuildEvent.Planned("1a2b3c4d", PLAN),
            new BuildEvent.InstallingHostPackages(new TreeSet<>(Set.of("qemu-utils", "parted"))),
            new BuildEvent.PhaseStarted(Phase.OS_INSTALLATION),
            new BuildEvent.PhaseFinished(Phase.OS_INSTALLATION, Duration.ofMillis(1234)),
            new BuildEvent.TaskStarted(TASK),
            new BuildEvent.TaskProgress(TASK, 0.25, "a quarter"),
            new BuildEvent.TaskProgress(TASK, -1, ""),
            new BuildEvent.TaskFinished(TASK, Duration.ofNanos(42)),
            new BuildEvent.Log("$ echo 'ü'\u001b[1m \ud83d"),
            new BuildEvent.Warning("Careful"),
            new BuildEvent.Failing(TASK, "It broke"),
            new BuildEvent.Released("mount /a", "busy"),
            new BuildEvent.Delivered(IMAGE),
            new BuildEvent.Delivered(REMOTE)),
        results().map(BuildEvent.Finished::new));
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventIsReadAsItWasWritten(BuildEvent event) {
    String json = EventDocument.json(event);

    assertFalse(json.contains("\n"), json);
    assertEquals(event, EventDocument.parse(json, MANIFEST), json);
  }

  @Test
  void everyKindOfEventHasADocument() {
    Set<Class<?>> shown = events().map(BuildEvent::getClass).collect(Collectors.toSet());

    assertEquals(Set.of(BuildEvent.class.getPermittedSubclasses()), shown);
  }

  @ParameterizedTest
  @MethodSource("results")
  void aResultIsReadAsItWasWritten(BuildResult result) {
    assertEquals(result, ResultDocument.parse(ResultDocument.json(result)));
  }

  @Test
  void theTypeNamesTheKind() {
    assertEquals(
        "{\"phase\":\"OS installation\",\"type\":\"phase-started\"}",
        EventDocument.json(new BuildEvent.PhaseStarted(Phase.OS_INSTALLATION)));
  }

  @Test
  void noEventContainsASecretOfTheManifest() {
    String json = EventDocument.json(new BuildEvent.Planned("1a2b3c4d", PLAN));

    assertFalse(json.contains("hunter2"), json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"type\":\"exploded\"}",
        "{\"type\":\"planned\",\"buildId\":\"1\"}",
        "{\"type\":\"task-progress\",\"fraction\":\"much\"}"
      })
  void refusesOtherTexts(String text) {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> EventDocument.parse(text, MANIFEST));

    assertTrue(
        thrown.getMessage().startsWith("The text is not a valid event document"),
        thrown.getMessage());
  }
}
