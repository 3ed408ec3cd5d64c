/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bootstrapvz.api.extension.BootloaderType;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.extension.ProviderDefinition;
import org.bootstrapvz.api.extension.VolumeTypeCatalog;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.volume.Bootloader;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.api.volume.ImageFormat;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Collects tasks, providers, plugins and the types of a volume by their references, each of which
 * is parsed once. A service is activated only through its {@link ServiceHandle}.
 */
@Component(service = {Registry.class, ServiceRegistry.class, VolumeTypeCatalog.class})
public final class ServiceRegistry implements Registry, VolumeTypeCatalog {
  private final BundleContext context;
  private final BundleDependencies dependencies;
  private final Leases leases;
  private final ServiceEntries<Task> tasks = new ServiceEntries<>();
  private final ServiceEntries<Provider> providers = new ServiceEntries<>();
  private final ServiceEntries<Plugin> plugins = new ServiceEntries<>();
  private final TypeTracker<Bootloader, BootloaderType> bootloaders;
  private final TypeTracker<ImageFormat, ImageFormatType> imageFormats;
  private final TypeTracker<Filesystem, FilesystemType> filesystems;

  /**
   * Not a reference of the component, unlike providers and plugins: Declarative Services sorts all
   * services of a reference seven times between activation and deactivation, which at the number of
   * tasks took a tenth of a short command.
   */
  private final ServiceTracker<Task, ServiceReference<Task>> taskTracker;

  /** Called by the container. */
  @Activate
  public ServiceRegistry(BundleContext context, @Reference Leases leases) {
    this.context = context;
    this.dependencies = new BundleDependencies(context);
    this.leases = leases;
    taskTracker = new ServiceTracker<>(context, Task.class, new TaskCustomizer());
    taskTracker.open();
    bootloaders =
        new TypeTracker<>(
            context, BootloaderType.class, Bootloader.class, TypeProperties::bootloader);
    imageFormats =
        new TypeTracker<>(
            context, ImageFormatType.class, ImageFormat.class, TypeProperties::imageFormat);
    filesystems =
        new TypeTracker<>(
            context, FilesystemType.class, Filesystem.class, TypeProperties::filesystem);
    bootloaders.open();
    imageFormats.open();
    filesystems.open();
  }

  @Deactivate
  void deactivate() {
    taskTracker.close();
    bootloaders.close();
    imageFormats.close();
    filesystems.close();
  }

  /** Returns references instead of services, so that no task is activated. */
  private final class TaskCustomizer
      implements ServiceTrackerCustomizer<Task, ServiceReference<Task>> {
    @Override
    public ServiceReference<Task> addingService(ServiceReference<Task> reference) {
      ServiceEntry.ofTask(reference).ifPresent(entry -> tasks.put(reference, entry));
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
    ServiceEntry.ofExtension(reference, ProviderDefinition.PREFIX_)
        .ifPresent(entry -> providers.put(reference, entry));
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
    ServiceEntry.ofExtension(reference, PluginDefinition.PREFIX_)
        .ifPresent(entry -> plugins.put(reference, entry));
  }

  void updatedPlugin(ServiceReference<Plugin> reference) {
    bindPlugin(reference);
  }

  void unbindPlugin(ServiceReference<Plugin> reference) {
    plugins.remove(reference);
  }

  @Override
  public RegistrySnapshot snapshot() {
    CurrentBundles current = currentBundles();
    SortedMap<String, RegistrySnapshot.RegisteredTask> usable = new TreeMap<>();
    Map<String, String> broken = new TreeMap<>();
    tasks
        .selected(current)
        .forEach(
            (id, task) -> {
              task.entry()
                  .task()
                  .ifPresent(
                      info ->
                          usable.put(
                              id,
                              new RegistrySnapshot.RegisteredTask(info, handle(task.reference()))));
              task.entry().defect().ifPresent(defect -> broken.put(id, defect));
            });
    return new RegistrySnapshot(
        extensions(providers, current),
        extensions(plugins, current),
        usable,
        new RegistrySnapshot.Types(
            bootloaders.selected(current),
            imageFormats.selected(current),
            filesystems.selected(current)),
        broken);
  }

  @Override
  public VolumeTypes volumeTypes() {
    return snapshot().types().definitions();
  }

  private <T> SortedMap<String, RegistrySnapshot.Extension<T>> extensions(
      ServiceEntries<T> entries, CurrentBundles current) {
    SortedMap<String, RegistrySnapshot.Extension<T>> extensions = new TreeMap<>();
    entries
        .selected(current)
        .forEach(
            (name, selected) -> {
              if (selected.entry().defect().isEmpty()) {
                extensions.put(
                    name,
                    new RegistrySnapshot.Extension<>(
                        name, selected.entry().bundle(), handle(selected.reference())));
              }
            });
    return extensions;
  }

  private <T> ServiceHandle<T> handle(ServiceReference<T> reference) {
    return new ReferenceHandle<>(context, reference);
  }

  /** Everything that a manifest may name, and the tasks with invalid properties. */
  public List<ListedService> listed() {
    CurrentBundles current = currentBundles();
    List<ListedService> listed = new ArrayList<>();
    listed.addAll(providers.listed(Optional.of(Kind.PROVIDER), false, current));
    listed.addAll(plugins.listed(Optional.of(Kind.PLUGIN), false, current));
    listed.addAll(bootloaders.entries().listed(Optional.of(Kind.BOOTLOADER), false, current));
    listed.addAll(imageFormats.entries().listed(Optional.of(Kind.IMAGE_FORMAT), false, current));
    listed.addAll(filesystems.entries().listed(Optional.of(Kind.FILESYSTEM), false, current));
    listed.addAll(tasks.listed(Optional.empty(), true, current));
    return listed;
  }

  @Override
  public Set<Long> withDependencies(Set<Long> bundles) {
    return dependencies.closure(bundles);
  }

  private CurrentBundles currentBundles() {
    return new CurrentBundles(
        List.of(
            tasks.all(),
            providers.all(),
            plugins.all(),
            bootloaders.entries().all(),
            imageFormats.entries().all(),
            filesystems.entries().all()),
        leases.hidden());
  }
}
