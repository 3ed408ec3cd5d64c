/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.task.Task;

/**
 * What a new build can use: of each bundle only its current generation.
 *
 * @param providers by name
 * @param plugins by name
 * @param tasks by id
 * @param broken tasks with invalid properties, by id, with the defect of each
 */
public record RegistrySnapshot(
    SortedMap<String, Extension<Provider>> providers,
    SortedMap<String, Extension<Plugin>> plugins,
    SortedMap<String, RegisteredTask> tasks,
    Map<String, String> broken) {

  /** A provider or plugin. */
  public record Extension<T>(String name, OwnerBundle bundle, ServiceHandle<T> service) {}

  /** A task. */
  public record RegisteredTask(TaskInfo info, ServiceHandle<Task> service) {}

  /** The ids of all bundles that provide any of these. */
  public Set<Long> bundles() {
    Set<Long> bundles = new HashSet<>();
    providers.values().forEach(provider -> bundles.add(provider.bundle().id()));
    plugins.values().forEach(plugin -> bundles.add(plugin.bundle().id()));
    tasks.values().forEach(task -> bundles.add(task.info().bundle().id()));
    return bundles;
  }
}
