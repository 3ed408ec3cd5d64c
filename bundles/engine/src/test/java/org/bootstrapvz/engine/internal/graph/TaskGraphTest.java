/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.graph;

import static org.bootstrapvz.engine.internal.graph.DeclaredTask.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bootstrapvz.api.plan.Relation;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.engine.internal.graph.Finding.Kind;
import org.bootstrapvz.engine.internal.registry.OwnerBundle;
import org.bootstrapvz.engine.internal.registry.TaskInfo;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class TaskGraphTest {
  private static final OwnerBundle OTHER = new OwnerBundle("com.other", new Version("2.0.0"), 8);

  private static TaskList sortAll(DeclaredTask... tasks) {
    List<TaskInfo> infos = Arrays.stream(tasks).map(DeclaredTask::info).toList();
    return TaskGraph.sort(
        infos, Map.of(), infos.stream().map(TaskInfo::id).collect(Collectors.toSet()));
  }

  private static TaskList sort(Set<String> chosen, DeclaredTask... tasks) {
    return TaskGraph.sort(
        Arrays.stream(tasks).map(DeclaredTask::info).toList(),
        Map.of(),
        chosen.stream().map(name -> "org.acme." + name).collect(Collectors.toSet()));
  }

  private static String order(TaskList list) {
    return list.tasks().stream().map(TaskInfo::name).collect(Collectors.joining(" "));
  }

  private static List<String> relations(TaskList list) {
    return list.relations().stream()
        .map(r -> (r.before() + " < " + r.after()).replace("org.acme.", ""))
        .toList();
  }

  private static Finding only(TaskList list) {
    assertEquals(1, list.findings().size(), () -> list.findings().toString());
    return list.findings().get(0);
  }

  // --- order ---

  @Test
  void tasksAreInTheOrderOfTheirPhases() {
    assertEquals(
        "C B A",
        order(
            sortAll(
                task("A", Phase.CLEANING),
                task("B", Phase.OS_INSTALLATION),
                task("C", Phase.VALIDATION))));
  }

  @Test
  void tiesAreBrokenById() {
    assertEquals("A B C", order(sortAll(task("C"), task("A"), task("B"))));
  }

  @Test
  void predecessorsAndSuccessorsAreRespected() {
    assertEquals(
        "C B A", order(sortAll(task("A").predecessor("B"), task("B"), task("C").successor("B"))));
  }

  @Test
  void afterAndBeforeApplyIfTheOtherTaskIsRegistered() {
    TaskList list =
        sortAll(task("A").after("B").after("Missing"), task("B"), task("C").before("B"));
    assertEquals("C B A", order(list));
    assertEquals(List.of(), list.findings());
  }

  @Test
  void orderAppliesThroughTasksThatWereNotChosen() {
    TaskList list =
        sort(Set.of("A", "C"), task("A").predecessor("B"), task("B").predecessor("C"), task("C"));
    assertEquals("C A", order(list));
    assertEquals(
        List.of(
            new Relation(
                "org.acme.C", "org.acme.A", "B is declared after C; A is declared after B")),
        list.relations());
  }

  @Test
  void theProviderOfAValueRunsBeforeTasksThatRequireOrCollectIt() {
    TaskList list =
        sortAll(
            task("A").requires("org.acme.Volume"),
            task("B").collects("org.acme.Volume"),
            task("C").provides("org.acme.Volume"));
    assertEquals("C A B", order(list));
    assertEquals(
        List.of("C provides Volume, which A requires", "C provides Volume, which B collects"),
        list.relations().stream().map(Relation::reason).toList());
  }

  @Test
  void aValueMayComeFromAnEarlierPhase() {
    TaskList list =
        sortAll(
            task("A", Phase.CLEANING).requires("org.acme.Volume"),
            task("B", Phase.VALIDATION).provides("org.acme.Volume"));
    assertEquals("B A", order(list));
    assertEquals(List.of(), list.findings());
  }

  @Test
  void valuesOfTasksThatWereNotChosenDefineNoOrder() {
    assertEquals(
        "A C",
        order(
            sort(
                Set.of("A", "C"),
                task("A").collects("org.acme.Volume"),
                task("B").provides("org.acme.Volume").predecessor("C"),
                task("C"))));
  }

  @Test
  void theListDoesNotDependOnTheOrderOfTheTasks() {
    Random random = new Random(3);
    List<DeclaredTask> tasks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      DeclaredTask task = task("T" + i, Phase.values()[i % 3]);
      for (int r = 0; r < 3 && i >= 3; r++) {
        task.predecessor("T" + (i - 3 * (1 + random.nextInt(i / 3))));
      }
      tasks.add(task);
    }
    TaskList first = sortAll(tasks.toArray(DeclaredTask[]::new));
    assertEquals(200, first.tasks().size());
    for (int i = 0; i < 5; i++) {
      Collections.shuffle(tasks, random);
      assertEquals(first, sortAll(tasks.toArray(DeclaredTask[]::new)));
    }
  }

  @Test
  void everyDeclaredOrderIsRespectedAmongManyTasks() {
    Random random = new Random(5);
    List<DeclaredTask> tasks = new ArrayList<>();
    List<int[]> declared = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      DeclaredTask task = task("T" + i);
      for (int r = 0; r < 4 && i > 0; r++) {
        int before = random.nextInt(i);
        declared.add(new int[] {before, i});
        if (random.nextBoolean()) {
          task.predecessor("T" + before);
        } else {
          tasks.get(before).successor("T" + i);
        }
      }
      tasks.add(task);
    }
    List<String> order =
        sortAll(tasks.toArray(DeclaredTask[]::new)).tasks().stream().map(TaskInfo::name).toList();
    for (int[] pair : declared) {
      assertTrue(order.indexOf("T" + pair[0]) < order.indexOf("T" + pair[1]));
    }
  }

  // --- relations for the diagram ---

  @Test
  void impliedRelationsAreOmitted() {
    assertEquals(
        List.of("A < B", "B < C"),
        relations(
            sortAll(
                task("A"),
                task("B").predecessor("A"),
                task("C").predecessor("A").predecessor("B"))));
  }

  @Test
  void anOrderDeclaredTwiceIsOneRelation() {
    assertEquals(
        List.of("A < B"), relations(sortAll(task("A").successor("B"), task("B").predecessor("A"))));
  }

  @Test
  void phasesAreNotRelations() {
    assertEquals(
        List.of(), relations(sortAll(task("A", Phase.VALIDATION), task("B", Phase.CLEANING))));
  }

  @Test
  void inAVeryLargePhaseTheDeclaredRelationsAreShownAsTheyAre() {
    DeclaredTask[] tasks =
        IntStream.range(0, 2_500)
            .mapToObj(i -> i == 0 ? task("T0") : task("T" + i).predecessor("T" + (i - 1)))
            .toArray(DeclaredTask[]::new);
    tasks[2].predecessor("T0");
    assertEquals(2_500, sortAll(tasks).relations().size());
  }

  // --- findings ---

  @Test
  void aRelationAgainstThePhasesIsAnError() {
    TaskList list =
        sortAll(task("A", Phase.VALIDATION).predecessor("B"), task("B", Phase.CLEANING).of(OTHER));
    Finding finding = only(list);
    assertEquals(Kind.CONTRADICTION, finding.kind());
    assertEquals(Severity.ERROR, finding.severity());
    assertEquals(
        "The task A (phase Validation, bundle org.acme 1.0.0) is declared after B (phase Cleaning,"
            + " bundle com.other 2.0.0), but its phase comes before that one",
        finding.message());
    assertEquals(
        "Remove the relation, or move one of the two tasks to another phase", finding.remedy());
    assertEquals(List.of("A", "B"), finding.tasks().stream().map(TaskInfo::name).toList());
    assertEquals(List.of(), list.tasks());
  }

  @Test
  void aRelationAgainstThePhasesOfATaskNotChosenIsAWarning() {
    TaskList list =
        sort(Set.of("B"), task("A", Phase.CLEANING).successor("B"), task("B", Phase.VALIDATION));
    assertEquals(Severity.WARNING, only(list).severity());
    assertEquals(
        "The task A (phase Cleaning, bundle org.acme 1.0.0) is declared before B (phase Validation,"
            + " bundle org.acme 1.0.0), but its phase comes after that one",
        only(list).message());
    assertEquals("B", order(list));
  }

  @Test
  void aRelationThatThePhasesAlreadyImplyIsAWarning() {
    TaskList list =
        sortAll(task("A", Phase.CLEANING).predecessor("B"), task("B", Phase.VALIDATION));
    assertEquals(Kind.REDUNDANT, only(list).kind());
    assertEquals(Severity.WARNING, only(list).severity());
    assertEquals(
        "The task A (phase Cleaning, bundle org.acme 1.0.0) is declared after B (phase"
            + " Validation, bundle org.acme 1.0.0), which their phases already imply",
        only(list).message());
    assertEquals("B A", order(list));
  }

  @Test
  void aRedundantRelationToATaskNotChosenIsNotReported() {
    assertEquals(
        List.of(),
        sort(Set.of("A"), task("A", Phase.CLEANING).predecessor("B"), task("B", Phase.VALIDATION))
            .findings());
  }

  @Test
  void aTaskBeforeItselfIsAnError() {
    Finding finding = only(sortAll(task("A").successor("A")));
    assertEquals(Kind.SELF_LOOP, finding.kind());
    assertEquals(
        "The task A (phase Preparation, bundle org.acme 1.0.0) is declared before itself",
        finding.message());
  }

  @Test
  void aTaskThatRequiresItsOwnValueIsAnError() {
    Finding finding =
        only(sortAll(task("A").provides("org.acme.Volume").collects("org.acme.Volume")));
    assertEquals(Kind.SELF_LOOP, finding.kind());
    assertEquals(
        "The task A (phase Preparation, bundle org.acme 1.0.0) both provides and collects"
            + " org.acme.Volume",
        finding.message());
  }

  @Test
  void aCycleIsShownTaskByTaskWithTheDeclaringTasks() {
    TaskList list =
        sortAll(
            task("A").successor("B"),
            task("B").of(OTHER).provides("org.acme.Volume"),
            task("C").requires("org.acme.Volume").successor("D"),
            task("D").successor("A"),
            task("E").predecessor("D"));
    Finding finding = only(list);
    assertEquals(Kind.CYCLE, finding.kind());
    assertEquals(Severity.ERROR, finding.severity());
    assertEquals(
        "Cyclic task dependency: A -> B -> C -> D -> A, because A is declared before B by"
            + " org.acme 1.0.0; B of com.other 2.0.0 provides Volume, which C of org.acme 1.0.0"
            + " requires; C is declared before D by org.acme 1.0.0; D is declared before A by"
            + " org.acme 1.0.0",
        finding.message());
  }

  @Test
  void theShortestCycleOfAKnotIsShown() {
    Finding finding =
        only(
            sortAll(
                task("A").successor("B"),
                task("B").successor("C"),
                task("C").successor("A"),
                task("D").predecessor("A").successor("A")));
    assertEquals(List.of("A", "D"), finding.tasks().stream().map(TaskInfo::name).toList());
  }

  @Test
  void allCyclesAreReportedAtOnce() {
    TaskList list =
        sortAll(
            task("A").successor("B"),
            task("B").successor("A"),
            task("C").successor("D"),
            task("D").successor("C"));
    assertEquals(2, list.findings().size());
  }

  @Test
  void aCycleOfTasksNotChosenIsAWarningAndTheRestIsSorted() {
    TaskList list =
        sort(
            Set.of("A", "D"),
            task("A").predecessor("D"),
            task("B").successor("C"),
            task("C").successor("B"),
            task("D"));
    assertEquals(Severity.WARNING, only(list).severity());
    assertEquals(Kind.CYCLE, only(list).kind());
    assertEquals("D A", order(list));
    assertEquals(List.of("D < A"), relations(list));
  }

  @Test
  void aCycleWithAChosenTaskIsAnErrorAndStartsThere() {
    TaskList list = sort(Set.of("B"), task("A").successor("B"), task("B").successor("A"));
    assertEquals(Severity.ERROR, only(list).severity());
    assertEquals("B", only(list).tasks().get(0).name());
  }

  @Test
  void aCycleThroughTenThousandTasksIsFound() {
    DeclaredTask[] tasks =
        IntStream.range(0, 10_000)
            .mapToObj(i -> task("T" + i).successor("T" + (i + 1) % 10_000))
            .toArray(DeclaredTask[]::new);
    assertEquals(10_000, only(sortAll(tasks)).tasks().size());
  }

  @Test
  void aTaskNamedByClassMustBeRegistered() {
    Finding finding = only(sortAll(task("A").predecessor("Missing")));
    assertEquals(Kind.UNKNOWN_TASK, finding.kind());
    assertEquals(Severity.ERROR, finding.severity());
    assertEquals(
        "The task A (phase Preparation, bundle org.acme 1.0.0) is declared after org.acme.Missing,"
            + " which no installed bundle provides",
        finding.message());
    assertEquals(
        "Install the bundle that provides it, or declare the relation with \"after\" if it applies"
            + " only where that task exists",
        finding.remedy());
  }

  @Test
  void aTaskNotChosenMayNameAnUnregisteredTask() {
    TaskList list = sort(Set.of("B"), task("A").successor("Missing"), task("B"));
    assertEquals(Severity.WARNING, only(list).severity());
    assertEquals("B", order(list));
  }

  @Test
  void aTaskWithInvalidPropertiesIsNotReportedAsMissing() {
    TaskList list =
        TaskGraph.sort(
            List.of(task("A").successor("B").info()),
            Map.of("org.acme.B", "has the unknown phase \"FOO\""),
            Set.of("org.acme.A"));
    assertEquals(
        "The task A (phase Preparation, bundle org.acme 1.0.0) is declared before org.acme.B, a task"
            + " that has the unknown phase \"FOO\"",
        only(list).message());
  }

  @Test
  void aValueThatNothingInTheTaskSetProvidesIsAnError() {
    TaskList list =
        sort(
            Set.of("A"),
            task("A").requires("org.acme.Volume").collects("org.acme.Sources"),
            task("B").provides("org.acme.Volume"));
    assertEquals(Kind.NOT_PROVIDED, only(list).kind());
    assertEquals(Severity.ERROR, only(list).severity());
    assertEquals(
        "The task A (phase Preparation, bundle org.acme 1.0.0) requires org.acme.Volume, which no"
            + " task of the plan provides",
        only(list).message());
    assertEquals(
        "It is provided by B (phase Preparation, bundle org.acme 1.0.0)", only(list).remedy());
  }

  @Test
  void aRequiredValueOfWhichTwoTasksAreProvidersIsAnErrorThatNamesBoth() {
    Finding finding =
        only(
            sortAll(
                task("A").requires("org.acme.Volume"),
                task("B", Phase.VALIDATION).provides("org.acme.Volume"),
                task("C").of(OTHER).provides("org.acme.Volume")));
    assertEquals(Kind.PROVIDED_TWICE, finding.kind());
    assertEquals(Severity.ERROR, finding.severity());
    assertEquals(
        "The task A (phase Preparation, bundle org.acme 1.0.0) requires exactly one provider of"
            + " org.acme.Volume, but 2 tasks of the plan provide it: B (phase Validation, bundle"
            + " org.acme 1.0.0), C (phase Preparation, bundle com.other 2.0.0)",
        finding.message());
    assertEquals(List.of("A", "B", "C"), finding.tasks().stream().map(TaskInfo::name).toList());
  }

  @Test
  void aSecondProviderThatWasNotChosenIsNotAnError() {
    assertEquals(
        "B A",
        order(
            sort(
                Set.of("A", "B"),
                task("A").requires("org.acme.Volume"),
                task("B").provides("org.acme.Volume"),
                task("C").provides("org.acme.Volume"))));
  }

  @Test
  void aTaskMayCollectTheValuesOfSeveralProvidersOrOfNone() {
    assertEquals(
        "B C A",
        order(
            sortAll(
                task("A").collects("org.acme.Volume"),
                task("B").provides("org.acme.Volume"),
                task("C").provides("org.acme.Volume"))));
    assertEquals(List.of(), sortAll(task("A").collects("org.acme.Volume")).findings());
  }

  @Test
  void aTaskMayCollectAtLeastOneValueOfSeveralProvidersButNotOfNone() {
    TaskList list =
        sortAll(
            task("A").collectsAtLeastOne("org.acme.Volume"),
            task("B").provides("org.acme.Volume"),
            task("C").provides("org.acme.Volume"));
    assertEquals("B C A", order(list));
    assertEquals(
        List.of("B provides Volume, which A collects", "C provides Volume, which A collects"),
        list.relations().stream().map(Relation::reason).toList());

    Finding finding = only(sortAll(task("A").collectsAtLeastOne("org.acme.Volume")));
    assertEquals(Kind.NOT_PROVIDED, finding.kind());
    assertEquals(
        "The task A (phase Preparation, bundle org.acme 1.0.0) collects org.acme.Volume, which no"
            + " task of the plan provides",
        finding.message());
  }

  @Test
  void aValueThatComesInALaterPhaseIsAnError() {
    TaskList list =
        sortAll(
            task("A", Phase.VALIDATION).requires("org.acme.Volume"),
            task("B", Phase.CLEANING).of(OTHER).provides("org.acme.Volume"));
    assertEquals(Kind.CONTRADICTION, only(list).kind());
    assertEquals(
        "The task A (phase Validation, bundle org.acme 1.0.0) requires org.acme.Volume, which is"
            + " provided too late by B (phase Cleaning, bundle com.other 2.0.0)",
        only(list).message());
  }

  @Test
  void allErrorsAreReportedAtOnce() {
    TaskList list =
        sortAll(
            task("A").successor("A").predecessor("Missing"),
            task("B").requires("org.acme.Volume"),
            task("C").successor("D"),
            task("D").successor("C"));
    assertEquals(
        new TreeSet<>(Set.of(Kind.SELF_LOOP, Kind.UNKNOWN_TASK, Kind.NOT_PROVIDED, Kind.CYCLE)),
        list.findings().stream().map(Finding::kind).collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void anEmptyTaskSetGivesAnEmptyList() {
    assertEquals(List.of(), sort(Set.of(), task("A")).tasks());
    assertEquals(List.of(), sort(Set.of()).tasks());
  }
}
