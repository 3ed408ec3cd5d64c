/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bootstrapvz.api.extension.NamedFilesystem;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.engine.internal.plan.LeasedPlan;
import org.bootstrapvz.engine.internal.plan.TaskValues;
import org.bootstrapvz.testkit.TestManifest;

/** A plan of tasks that a test writes as lambdas; it records which tasks are in use. */
final class FakePlan implements LeasedPlan {
  private record Step(PlannedTask planned, Task task, TaskValues values) {}

  private final Map<String, Step> steps = new LinkedHashMap<>();
  private final Path folder;

  final List<Secret> secrets = new ArrayList<>();
  final SortedSet<HostCommand> commands = new TreeSet<>();
  final List<HostFile> hostFiles = new ArrayList<>();
  final List<Problem> problems = new ArrayList<>();
  final List<NamedFilesystem> filesystems = new ArrayList<>();
  final List<String> obtained = new ArrayList<>();
  boolean closed;

  FakePlan(Path folder) {
    this.folder = folder;
  }

  FakePlan task(String name, Task task) {
    return task(name, Phase.PREPARATION, task, new TaskValues(Set.of(), Set.of(), Set.of()));
  }

  FakePlan task(String name, Phase phase, Task task) {
    return task(name, phase, task, new TaskValues(Set.of(), Set.of(), Set.of()));
  }

  FakePlan task(String name, Phase phase, Task task, TaskValues values) {
    String id = "org.example." + name;
    PlannedTask planned =
        new PlannedTask(id, name, phase, "Doing it", "org.example", "1.2.0", List.of("provider x"));
    steps.put(id, new Step(planned, task, values));
    return this;
  }

  PlannedTask planned(String name) {
    return steps.get("org.example." + name).planned();
  }

  @Override
  public Set<Long> bundles() {
    return Set.of();
  }

  @Override
  public Planning planning() {
    boolean rejected = problems.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
    TestManifest manifest =
        new TestManifest()
            .withFile(folder.resolve("image.yml"))
            .with("bootstrapper.workspace", "target");
    manifest.withHostFiles(hostFiles);
    secrets.forEach(secret -> manifest.withSecret("secret", secret.reveal()));
    Plan plan =
        new Plan(
            manifest,
            "x",
            List.of(),
            steps.values().stream()
                .map(Step::planned)
                .sorted(Comparator.comparing(PlannedTask::phase))
                .toList(),
            List.of(),
            commands);
    return new Planning(rejected ? Optional.empty() : Optional.of(plan), problems);
  }

  @Override
  public TaskValues values(String taskId) {
    return steps.get(taskId).values();
  }

  @Override
  public Task obtain(String taskId) {
    obtained.add(taskId);
    return steps.get(taskId).task();
  }

  @Override
  public void release(String taskId, Task task) {
    obtained.remove(taskId);
  }

  @Override
  public List<NamedFilesystem> filesystems() {
    return List.copyOf(filesystems);
  }

  @Override
  public void close() {
    closed = true;
  }
}
