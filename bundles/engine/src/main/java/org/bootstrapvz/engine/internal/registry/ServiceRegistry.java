/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.extension.ProviderDefinition;
import org.bootstrapvz.api.task.Task;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Collects tasks, providers and plugins by their references, parsed once each. A service is
 * activated only through its {@link ServiceHandle}.
 */
@Component(service = {Registry.class, ServiceRegistry.class})
public final class ServiceRegistry implements Registry {
  private final BundleContext context;
  private final Leases leases;
  private final Map<ServiceReference<Task>, Entry> tasks = new ConcurrentHashMap<>();

  /**
   * Not a reference of the component, as for the others: Declarative Services sorts all services of
   * a reference seven times between activation and deactivation, which at the number of tasks was a
   * tenth of a short command.
   */
  private final ServiceTracker<Task, ServiceReference<Task>> taskTracker;

  private final Map<ServiceReference<Provider>, Entry> providers = new ConcurrentHashMap<>();
  private final Map<ServiceReference<Plugin>, Entry> plugins = new ConcurrentHashMap<>();

  /**
   * What is known of a service.
   *
   * @param name id of a task, name of a provider or plugin
   * @param task of a task what its properties say, unless they are wrong
   * @param defect what is wrong with the properties, as the end of a sentence; may be empty
   */
  private record Entry(
      OwnerBundle bundle,
      String name,
      String description,
      Optional<TaskInfo> task,
      String defect) {}

  /**
   * A registered provider or plugin, or a task with wrong properties, for the catalog.
   *
   * @param kind what it is; empty for a task
   * @param current whether it is of the generation of its bundle that new builds use
   * @param rival another bundle that offers the same, which new builds use instead
   * @param defect what is wrong with its properties, as the end of a sentence; may be empty
   */
  public record Listed(
      Optional<Kind> kind,
      String name,
      String description,
      OwnerBundle bundle,
      boolean current,
      Optional<OwnerBundle> rival,
      String defect) {}

  @Activate
  public ServiceRegistry(BundleContext context, @Reference Leases leases) {
    this.context = context;
    this.leases = leases;
    taskTracker = new ServiceTracker<>(context, Task.class, new TaskCustomizer());
    taskTracker.open();
  }

  @Deactivate
  void deactivate() {
    taskTracker.close();
  }

  /** Knows tasks by their references; returns these, so that no task is activated. */
  private final class TaskCustomizer
      implements ServiceTrackerCustomizer<Task, ServiceReference<Task>> {
    @Override
    public ServiceReference<Task> addingService(ServiceReference<Task> reference) {
      owner(reference).ifPresent(bundle -> tasks.put(reference, taskEntry(reference, bundle)));
      return reference;
    }

    @Override
    public void modifiedService(ServiceReference<Task> reference, ServiceReference<Task> service) {
      addingService(reference);
    }

    @Override
    public void removedService(ServiceReference<Task> reference, ServiceReference<Task> service) {
      tasks.remove(reference);
    }
  }

  @Reference(
      service = Provider.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindProvider(ServiceReference<Provider> reference) {
    owner(reference)
        .ifPresent(
            bundle ->
                providers.put(
                    reference, extensionEntry(reference, bundle, ProviderDefinition.PREFIX_)));
  }

  void updatedProvider(ServiceReference<Provider> reference) {
    bindProvider(reference);
  }

  void unbindProvider(ServiceReference<Provider> reference) {
    providers.remove(reference);
  }

  @Reference(
      service = Plugin.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindPlugin(ServiceReference<Plugin> reference) {
    owner(reference)
        .ifPresent(
            bundle ->
                plugins.put(
                    reference, extensionEntry(reference, bundle, PluginDefinition.PREFIX_)));
  }

  void updatedPlugin(ServiceReference<Plugin> reference) {
    bindPlugin(reference);
  }

  void unbindPlugin(ServiceReference<Plugin> reference) {
    plugins.remove(reference);
  }

  @Override
  public RegistrySnapshot offers() {
    Map<String, OwnerBundle> current = currentBundles();
    SortedMap<String, RegistrySnapshot.RegisteredTask> usable = new TreeMap<>();
    Map<String, String> broken = new TreeMap<>();
    currentOf(tasks, current)
        .forEach(
            (id, reference) -> {
              Entry entry = tasks.get(reference);
              if (entry == null) {
                return;
              }
              entry
                  .task()
                  .ifPresentOrElse(
                      task ->
                          usable.put(
                              id, new RegistrySnapshot.RegisteredTask(task, handle(reference))),
                      () -> broken.put(id, entry.defect()));
            });
    return new RegistrySnapshot(
        extensions(providers, current), extensions(plugins, current), usable, broken);
  }

  private <T> SortedMap<String, RegistrySnapshot.Extension<T>> extensions(
      Map<ServiceReference<T>, Entry> entries, Map<String, OwnerBundle> current) {
    SortedMap<String, RegistrySnapshot.Extension<T>> extensions = new TreeMap<>();
    currentOf(entries, current)
        .forEach(
            (name, reference) -> {
              Entry entry = entries.get(reference);
              if (entry != null && entry.defect().isEmpty()) {
                extensions.put(
                    name,
                    new RegistrySnapshot.Extension<>(name, entry.bundle(), handle(reference)));
              }
            });
    return extensions;
  }

  /** All providers and plugins, and the tasks with wrong properties. */
  public List<Listed> listed() {
    Map<String, OwnerBundle> current = currentBundles();
    List<Listed> listed = new ArrayList<>();
    list(Optional.of(Kind.PROVIDER), providers, current, listed);
    list(Optional.of(Kind.PLUGIN), plugins, current, listed);
    list(Optional.empty(), tasks, current, listed);
    return listed;
  }

  private static <T> void list(
      Optional<Kind> kind,
      Map<ServiceReference<T>, Entry> entries,
      Map<String, OwnerBundle> current,
      List<Listed> listed) {
    Map<String, ServiceReference<T>> chosen = currentOf(entries, current);
    entries.forEach(
        (reference, entry) -> {
          if (kind.isPresent() || !entry.defect().isEmpty()) {
            boolean isCurrent = entry.bundle().equals(current.get(entry.bundle().symbolicName()));
            Optional<OwnerBundle> rival =
                Optional.ofNullable(chosen.get(entry.name()))
                    .filter(used -> isCurrent && !used.equals(reference))
                    .map(entries::get)
                    .map(Entry::bundle);
            listed.add(
                new Listed(
                    kind,
                    entry.name(),
                    entry.description(),
                    entry.bundle(),
                    isCurrent,
                    rival,
                    entry.defect()));
          }
        });
  }

  @Override
  public Set<Long> withDependencies(Set<Long> bundles) {
    Set<Long> found = new HashSet<>(bundles);
    Deque<Long> open = new ArrayDeque<>(bundles);
    while (!open.isEmpty()) {
      Bundle bundle = context.getBundle(open.pop());
      BundleWiring wiring = bundle == null ? null : bundle.adapt(BundleWiring.class);
      List<BundleWire> wires = wiring == null ? null : wiring.getRequiredWires(null);
      if (wires != null) {
        for (BundleWire wire : wires) {
          long provider = wire.getProvider().getBundle().getBundleId();
          if (found.add(provider)) {
            open.push(provider);
          }
        }
      }
    }
    return found;
  }

  /** For each symbolic name the bundle with the highest version that is not hidden. */
  private Map<String, OwnerBundle> currentBundles() {
    Set<Long> hidden = leases.hidden();
    Comparator<OwnerBundle> byAge =
        Comparator.comparing(OwnerBundle::version).thenComparing(OwnerBundle::id);
    Map<String, OwnerBundle> current = new HashMap<>();
    for (Map<?, Entry> entries : List.of(tasks, providers, plugins)) {
      for (Entry entry : entries.values()) {
        if (!hidden.contains(entry.bundle().id())) {
          current.merge(
              entry.bundle().symbolicName(),
              entry.bundle(),
              (a, b) -> byAge.compare(a, b) >= 0 ? a : b);
        }
      }
    }
    return current;
  }

  /**
   * Where several bundles offer the same, the service with the highest ranking, then the oldest.
   */
  private static <T> Map<String, ServiceReference<T>> currentOf(
      Map<ServiceReference<T>, Entry> entries, Map<String, OwnerBundle> current) {
    Map<String, ServiceReference<T>> chosen = new TreeMap<>();
    entries.forEach(
        (reference, entry) -> {
          if (entry.bundle().equals(current.get(entry.bundle().symbolicName()))) {
            chosen.merge(entry.name(), reference, (a, b) -> a.compareTo(b) >= 0 ? a : b);
          }
        });
    return chosen;
  }

  private <T> ServiceHandle<T> handle(ServiceReference<T> reference) {
    return new ServiceHandle<>() {
      @Override
      public Optional<T> obtain() {
        return Optional.ofNullable(context.getServiceObjects(reference))
            .map(objects -> objects.getService());
      }

      @Override
      public void giveBack(T service) {
        try {
          Optional.ofNullable(context.getServiceObjects(reference))
              .ifPresent(objects -> objects.ungetService(service));
        } catch (IllegalArgumentException e) {
          // Its bundle was stopped meanwhile, which gave it back.
        }
      }
    };
  }

  private static Entry taskEntry(ServiceReference<Task> reference, OwnerBundle bundle) {
    String id = componentName(reference);
    try {
      TaskInfo task = TaskProperties.parse(id, bundle, reference::getProperty);
      return new Entry(bundle, id, task.description(), Optional.of(task), "");
    } catch (IllegalArgumentException e) {
      return new Entry(bundle, id, "", Optional.empty(), e.getMessage());
    }
  }

  private static Entry extensionEntry(
      ServiceReference<?> reference, OwnerBundle bundle, String prefix) {
    String description =
        reference.getProperty(prefix + "description") instanceof String text ? text : "";
    return reference.getProperty(prefix + "name") instanceof String name
        ? new Entry(bundle, name, description, Optional.empty(), "")
        : new Entry(
            bundle,
            componentName(reference),
            description,
            Optional.empty(),
            "lacks the service property " + prefix + "name, a text");
  }

  /** By default the name of a component is that of its class. */
  private static String componentName(ServiceReference<?> reference) {
    Object name = reference.getProperty(ComponentConstants.COMPONENT_NAME);
    return name instanceof String text ? text : reference.toString();
  }

  /** Empty if the service was unregistered meanwhile. */
  private static Optional<OwnerBundle> owner(ServiceReference<?> reference) {
    return Optional.ofNullable(reference.getBundle())
        .map(
            bundle ->
                new OwnerBundle(
                    Optional.ofNullable(bundle.getSymbolicName()).orElse(bundle.getLocation()),
                    bundle.getVersion(),
                    bundle.getBundleId()));
  }
}
