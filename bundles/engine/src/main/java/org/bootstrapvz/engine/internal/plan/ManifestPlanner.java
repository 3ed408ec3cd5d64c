/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.net.URL;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.engine.internal.guard.PluginCalls;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot.RegisteredType;

/**
 * Plans one manifest. An exception of a provider or plugin is reported as a problem and does not
 * stop the checks of the others.
 */
final class ManifestPlanner {
  private final ManifestReader reader;
  private final RegistrySnapshot registered;
  private final ExtensionCatalog catalog;
  private final PluginRepository repository;
  private final PluginCalls pluginCalls;
  private final FoundProblems problems = new FoundProblems();
  private final Set<Long> extensionBundles = new HashSet<>();

  /** The files that a manifest with errors names. */
  private List<HostFile> hostFiles = List.of();

  private final List<RegisteredType<Filesystem, FilesystemType>> filesystems = new ArrayList<>();

  ManifestPlanner(
      ManifestReader reader,
      RegistrySnapshot registered,
      ExtensionCatalog catalog,
      PluginRepository repository,
      PluginCalls pluginCalls) {
    this.reader = reader;
    this.registered = registered;
    this.catalog = catalog;
    this.repository = repository;
    this.pluginCalls = pluginCalls;
  }

  Planning plan(ManifestSource source) {
    Optional<Plan> plan =
        reader.read(source, registered.types().definitions(), problems).flatMap(this::plan);
    return new Planning(
        plan,
        problems.inOrder(source.file()),
        plan.map(it -> it.manifest().hostFiles()).orElse(hostFiles));
  }

  /** The filesystems that the manifest names. */
  List<RegisteredType<Filesystem, FilesystemType>> filesystems() {
    return filesystems;
  }

  /** The bundles of everything that the manifest names. */
  Set<Long> extensionBundles() {
    return extensionBundles;
  }

  private Optional<Plan> plan(Manifest manifest) {
    boolean baseIsValid = problems.errors() == 0;
    GuardedCalls calls = new GuardedCalls(problems, pluginCalls).masking(manifest.secrets());
    List<ActiveExtension<?>> extensions = new ArrayList<>();
    try (UsedTypes types = new UsedTypes(registered.types(), calls)) {
      ExtensionFinder finder = new ExtensionFinder(registered, catalog, repository, problems);
      finder.find(manifest).forEach(found -> activate(found, calls).ifPresent(extensions::add));
      types.find(manifest);
      extensionBundles.addAll(types.bundles());
      filesystems.addAll(types.filesystems());
      if (baseIsValid) {
        types.check(manifest, problems);
      }
      Manifest checked = manifest;
      for (ActiveExtension<?> extension : extensions) {
        extensionBundles.add(extension.source().bundle().id());
        checked = check(extension, checked, baseIsValid, calls.masking(checked.secrets()));
      }
      if (problems.errors() > 0) {
        hostFiles = checked.hostFiles();
        finder.explainTypes(manifest);
        return Optional.empty();
      }
      GuardedCalls checkedCalls = calls.masking(checked.secrets());
      Manifest complete = withHostFiles(checked, extensions, checkedCalls);
      return new TaskPlanner(complete, registered, types, checkedCalls, problems).plan(extensions);
    } finally {
      extensions.forEach(extension -> extension.release(calls));
    }
  }

  private static <T extends Extension> Optional<ActiveExtension<T>> activate(
      NamedExtension<T> found, GuardedCalls calls) {
    return calls
        .call(
            found, "be activated", () -> NotActivatedException.obtain(found.registered().service()))
        .map(service -> new ActiveExtension<>(found, service));
  }

  /** Checks the settings of an extension; returns the manifest with its defaults and secrets. */
  private Manifest check(
      ActiveExtension<?> extension, Manifest manifest, boolean baseIsValid, GuardedCalls calls) {
    long before = problems.errors();
    NamedExtension<?> source = extension.source();
    // The schema is read by this call, too: its address and its patterns are those of the bundle.
    Manifest checked =
        calls
            .call(
                source,
                "provide its schema",
                () -> {
                  URL schema = extension.service().schema();
                  return schema == null
                      ? manifest
                      : reader.check(manifest, source.path(), schema, problems);
                })
            .orElse(manifest);
    if (baseIsValid && problems.errors() == before) {
      GuardedCalls checking = calls.masking(checked.secrets());
      checking.run(
          source,
          "check the manifest",
          () -> extension.service().check(checked, checking.reported()));
    }
    return checked;
  }

  /** Adds the files of the host that the extensions know in code. */
  private static Manifest withHostFiles(
      Manifest manifest, List<ActiveExtension<?>> extensions, GuardedCalls calls) {
    List<HostFile> files = new ArrayList<>();
    for (ActiveExtension<?> extension : extensions) {
      calls
          .call(
              extension.source(),
              "name the files of the host",
              () -> extension.service().hostFiles(manifest))
          .ifPresent(files::addAll);
    }
    return files.isEmpty() ? manifest : manifest.withHostFiles(files);
  }
}
