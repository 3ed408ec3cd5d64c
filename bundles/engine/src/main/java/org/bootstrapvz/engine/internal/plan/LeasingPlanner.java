/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.extension.NamedFilesystem;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.engine.internal.guard.PluginCalls;
import org.bootstrapvz.engine.internal.registry.Leases;
import org.bootstrapvz.engine.internal.registry.Registry;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot.RegisteredType;
import org.bootstrapvz.engine.internal.registry.TaskInfo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plans with a snapshot of the registry, and leases the bundles of the snapshot. */
@Component
public final class LeasingPlanner implements LeasedPlanner {
  private final ManifestReader reader;
  private final Registry registry;
  private final ExtensionCatalog catalog;
  private final PluginRepository repository;
  private final Leases leases;
  private final PluginCalls calls;

  @Activate
  public LeasingPlanner(
      @Reference ManifestReader reader,
      @Reference Registry registry,
      @Reference ExtensionCatalog catalog,
      @Reference PluginRepository repository,
      @Reference Leases leases,
      @Reference PluginCalls calls) {
    this.reader = reader;
    this.registry = registry;
    this.catalog = catalog;
    this.repository = repository;
    this.leases = leases;
    this.calls = calls;
  }

  @Override
  public LeasedPlan plan(ManifestSource manifest) {
    while (true) {
      long state = leases.settled();
      RegistrySnapshot registered = registry.snapshot();
      Optional<Leases.Lease> lease =
          leases.take(state, registry.withDependencies(registered.bundles()));
      if (lease.isPresent()) {
        return plan(manifest, registered, lease.get());
      }
    }
  }

  private LeasedPlan plan(
      ManifestSource manifest, RegistrySnapshot registered, Leases.Lease lease) {
    boolean planned = false;
    try {
      ManifestPlanner draft = new ManifestPlanner(reader, registered, catalog, repository, calls);
      Planning planning = draft.plan(manifest);
      Map<String, RegistrySnapshot.RegisteredTask> tasks = new TreeMap<>();
      Set<Long> used = new HashSet<>(draft.extensionBundles());
      planning
          .plan()
          .ifPresent(
              plan ->
                  plan.tasks()
                      .forEach(task -> tasks.put(task.id(), registered.tasks().get(task.id()))));
      tasks.values().forEach(task -> used.add(task.info().bundle().id()));
      Set<Long> kept =
          planning.plan().isPresent() ? Set.copyOf(registry.withDependencies(used)) : Set.of();
      lease.keepOnly(kept);
      planned = true;
      return new Held(planning, kept, tasks, draft.filesystems(), new ArrayList<>(), lease);
    } finally {
      if (!planned) {
        lease.close();
      }
    }
  }

  private record Held(
      Planning planning,
      Set<Long> bundles,
      Map<String, RegistrySnapshot.RegisteredTask> tasks,
      List<RegisteredType<Filesystem, FilesystemType>> registered,
      List<Runnable> whenClosed,
      Leases.Lease lease)
      implements LeasedPlan {

    @Override
    public TaskValues values(String taskId) {
      TaskInfo task = task(taskId).info();
      return new TaskValues(Set.copyOf(task.requires()), task.taken(), Set.copyOf(task.provides()));
    }

    @Override
    public Task obtain(String taskId) throws BuildException {
      RegistrySnapshot.RegisteredTask task = task(taskId);
      return task.service()
          .obtain()
          .orElseThrow(
              () ->
                  new BuildException(
                      "The task "
                          + task.info().name()
                          + " cannot be run: its bundle "
                          + task.info().bundle()
                          + " was stopped, or the task could not be activated"));
    }

    @Override
    public void release(String taskId, Task task) {
      task(taskId).service().release(task);
    }

    private RegistrySnapshot.RegisteredTask task(String id) {
      return Optional.ofNullable(tasks.get(id))
          .orElseThrow(() -> new IllegalArgumentException("No task of this plan: " + id));
    }

    @Override
    public List<NamedFilesystem> filesystems() throws BuildException {
      List<NamedFilesystem> filesystems = new ArrayList<>();
      for (RegisteredType<Filesystem, FilesystemType> each : registered) {
        FilesystemType type = activate(each);
        whenClosed.add(() -> each.service().release(type));
        filesystems.add(new NamedFilesystem(each.definition().name(), type));
      }
      return filesystems;
    }

    private static FilesystemType activate(RegisteredType<Filesystem, FilesystemType> filesystem)
        throws BuildException {
      String failure =
          "The filesystem "
              + filesystem.definition().name()
              + " of the bundle "
              + filesystem.bundle()
              + " cannot be activated: ";
      try {
        return NotActivatedException.obtain(filesystem.service());
      } catch (NotActivatedException e) {
        throw new BuildException(failure + e.getMessage());
      } catch (Throwable e) {
        // Third-party code: whatever it throws, only the build fails.
        throw new BuildException(failure + e.getClass().getName() + ": " + e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      try {
        whenClosed.forEach(Runnable::run);
        whenClosed.clear();
      } finally {
        lease.close();
      }
    }
  }
}
