/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.engine.internal.graph.Finding;
import org.bootstrapvz.engine.internal.graph.TaskGraph;
import org.bootstrapvz.engine.internal.graph.TaskList;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot;
import org.bootstrapvz.engine.internal.registry.TaskInfo;

/** Makes providers and plugins select the tasks of a checked manifest, and sorts these tasks. */
final class TaskPlanner {
  private final Manifest manifest;
  private final RegistrySnapshot registered;
  private final UsedTypes types;
  private final GuardedCalls calls;
  private final FoundProblems problems;

  TaskPlanner(
      Manifest manifest,
      RegistrySnapshot registered,
      UsedTypes types,
      GuardedCalls calls,
      FoundProblems problems) {
    this.manifest = manifest;
    this.registered = registered;
    this.types = types;
    this.calls = calls;
    this.problems = problems;
  }

  /** Empty if there are errors. */
  Optional<Plan> plan(List<ActiveExtension<?>> extensions) {
    ChosenTasks chosen = new ChosenTasks(tasks -> types.selectTasks(tasks, manifest));
    if (!choose(extensions, chosen)) {
      // The task set is incomplete, and may still be changed by a plugin that does not return.
      return Optional.empty();
    }
    TaskList list =
        TaskGraph.sort(
            registered.tasks().values().stream()
                .map(RegistrySnapshot.RegisteredTask::info)
                .toList(),
            registered.broken(),
            new HashSet<>(chosen.ids()));
    list.findings().forEach(this::report);
    return problems.errors() > 0 ? Optional.empty() : Optional.of(plan(extensions, chosen, list));
  }

  /** Returns whether all of them have chosen. */
  private boolean choose(List<ActiveExtension<?>> extensions, ChosenTasks chosen) {
    for (ActiveExtension<?> extension : extensions) {
      boolean returned =
          calls.run(
              extension.source(),
              "choose its tasks",
              () ->
                  chosen.requestedBy(
                      extension.source().label(),
                      () -> extension.service().selectTasks(chosen, manifest)));
      // A type of volume that the choice called may have failed, too.
      if (!returned || problems.errors() > 0) {
        return false;
      }
    }
    chosen.ids().forEach(id -> checkRegistered(id, chosen.requesters(id)));
    return true;
  }

  private void checkRegistered(String id, List<String> requesters) {
    if (registered.tasks().containsKey(id)) {
      return;
    }
    Optional<String> defect = Optional.ofNullable(registered.broken().get(id));
    problems.add(
        new Problem(
            Severity.ERROR,
            Location.of(manifest.file()),
            "",
            "The task "
                + id
                + ", requested by "
                + String.join(" and ", requesters)
                + ", "
                + defect.orElse("is not provided by any installed bundle"),
            defect.isPresent()
                ? "This is a bug in the bundle that provides the task"
                : "Install the bundle that provides it"));
  }

  private void report(Finding finding) {
    problems.add(
        new Problem(
            finding.severity(),
            Location.of(manifest.file()),
            "",
            finding.message(),
            finding.remedy()));
  }

  private Plan plan(List<ActiveExtension<?>> extensions, ChosenTasks chosen, TaskList list) {
    SortedSet<HostCommand> commands = new TreeSet<>(chosen.commands());
    list.tasks().forEach(task -> commands.addAll(task.commands()));
    return new Plan(
        manifest,
        names(Kind.PROVIDER, extensions).get(0),
        names(Kind.PLUGIN, extensions),
        list.tasks().stream().map(task -> planned(task, chosen.requesters(task.id()))).toList(),
        list.relations(),
        Collections.unmodifiableSortedSet(commands));
  }

  private static List<String> names(Kind kind, List<ActiveExtension<?>> extensions) {
    return extensions.stream()
        .map(ActiveExtension::source)
        .filter(extension -> extension.kind() == kind)
        .map(NamedExtension::name)
        .toList();
  }

  private static PlannedTask planned(TaskInfo task, List<String> requesters) {
    return new PlannedTask(
        task.id(),
        task.name(),
        task.phase(),
        task.description(),
        task.bundle().symbolicName(),
        task.bundle().version().toString(),
        requesters);
  }
}
