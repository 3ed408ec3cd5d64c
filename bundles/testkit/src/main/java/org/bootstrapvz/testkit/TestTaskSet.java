/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;

/** A task set that a test can inspect. */
public final class TestTaskSet implements TaskSet {
  private final Set<String> ids = new LinkedHashSet<>();
  private final SortedSet<HostCommand> commands = new TreeSet<>();
  private final Manifest manifest;

  /** Creates a set for a manifest. */
  public TestTaskSet(Manifest manifest) {
    this.manifest = manifest;
  }

  /**
   * Returns the selection of a provider or plugin.
   *
   * @param before ids of tasks that are already selected
   */
  public static TestTaskSet selectedBy(Extension extension, Manifest manifest, String... before) {
    TestTaskSet tasks = new TestTaskSet(manifest);
    tasks.ids.addAll(Set.of(before));
    extension.selectTasks(tasks, manifest);
    return tasks;
  }

  @Override
  public TaskSet add(String id) {
    ids.add(id);
    return this;
  }

  @Override
  public TaskSet discard(String id) {
    ids.remove(id);
    return this;
  }

  @Override
  public boolean contains(String id) {
    return ids.contains(id);
  }

  @Override
  public Set<String> ids() {
    return Collections.unmodifiableSet(ids);
  }

  /** {@inheritDoc} Here these are the types in the bundles on the class path. */
  @Override
  public TaskSet addVolume() {
    ClasspathTypes.selectTasks(this, manifest);
    return this;
  }

  @Override
  public TaskSet requireCommand(HostCommand command) {
    commands.add(command);
    return this;
  }

  /** Returns the names of the selected classes, without their packages. */
  public Set<String> names() {
    return ids.stream()
        .map(id -> id.substring(id.lastIndexOf('.') + 1))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Returns the commands that were requested because of the manifest. */
  public SortedSet<HostCommand> commands() {
    return Collections.unmodifiableSortedSet(commands);
  }
}
