/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot;
import org.jspecify.annotations.Nullable;

/** Finds the provider and the plugins that a manifest names; reports those that are missing. */
final class ExtensionFinder {
  private static final int MAX_EXPLAINED = 20;
  private static final int MAX_SHOWN = 100;

  private final RegistrySnapshot registered;
  private final ExtensionCatalog catalog;
  private final PluginRepository repository;
  private final FoundProblems problems;
  private final List<NamedExtension<?>> found = new ArrayList<>();

  /** For how many names a remedy was looked for. */
  private int explained;

  /** Null until it is needed. */
  private @Nullable List<ExtensionInfo> listed;

  ExtensionFinder(
      RegistrySnapshot registered,
      ExtensionCatalog catalog,
      PluginRepository repository,
      FoundProblems problems) {
    this.registered = registered;
    this.catalog = catalog;
    this.repository = repository;
    this.problems = problems;
  }

  /** The provider first, then the plugins in the order of the manifest. */
  List<NamedExtension<?>> find(Manifest manifest) {
    ManifestValue provider = manifest.at("provider.name");
    if (provider.exists() && provider.isScalar()) {
      find(Kind.PROVIDER, provider.text(), provider, provider.location(), registered.providers());
    } else if (problems.errors() == 0) {
      problems.error(
          provider,
          "The manifest names no provider",
          installed("provider", registered.providers().keySet()));
    }
    ManifestValue plugins = manifest.at("plugins");
    if (plugins.isMap()) {
      plugins
          .entries()
          .forEach(
              (name, value) ->
                  find(Kind.PLUGIN, name, value, value.keyLocation(), registered.plugins()));
    }
    return List.copyOf(found);
  }

  /**
   * Says how to get the types of volumes that are not installed; the schema reports their names.
   */
  void explainTypes(Manifest manifest) {
    explain(
        Kind.BOOTLOADER,
        manifest.at("system.bootloader"),
        registered.types().bootloaders().keySet());
    explain(
        Kind.IMAGE_FORMAT,
        manifest.at("volume.backing"),
        registered.types().imageFormats().keySet());
    ManifestValue partitions = manifest.at("volume.partitions");
    if (partitions.isMap()) {
      for (ManifestValue partition : partitions.entries().values()) {
        explain(
            Kind.FILESYSTEM,
            partition.get("filesystem"),
            registered.types().filesystems().keySet());
      }
    }
  }

  private void explain(Kind kind, ManifestValue named, Set<String> installed) {
    if (named.exists()
        && named.isScalar()
        && !installed.contains(named.text())
        && ++explained <= MAX_EXPLAINED) {
      unusable(kind, named.text())
          .or(() -> installable(kind, named.text()))
          .ifPresent(remedy -> problems.explain(named.path(), remedy));
    }
  }

  private <T extends Extension> void find(
      Kind kind,
      String name,
      ManifestValue named,
      Location location,
      SortedMap<String, RegistrySnapshot.Extension<T>> candidates) {
    RegistrySnapshot.Extension<T> extension = candidates.get(name);
    if (extension != null) {
      found.add(new NamedExtension<>(kind, extension, named));
      return;
    }
    // Asking the repository takes long, and the first names explain the rest.
    boolean explain = ++explained <= MAX_EXPLAINED;
    problems.add(
        new Problem(
            Severity.ERROR,
            location,
            named.path(),
            "There is no " + NamedExtension.word(kind) + " \"" + shown(name) + "\"",
            explain
                ? unusable(kind, name)
                    .or(() -> installable(kind, name))
                    .orElseGet(() -> alternatives(kind, name, candidates.keySet()))
                : ""));
  }

  private static String shown(String name) {
    return name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "…";
  }

  /** Why an extension of this name, whose jar is deployed, cannot be used. */
  private Optional<String> unusable(Kind kind, String name) {
    if (listed == null) {
      listed = catalog.extensions();
    }
    return listed.stream()
        .filter(info -> info.kind() == kind && info.name().equals(name))
        .map(ExtensionInfo::missing)
        .filter(missing -> !missing.isEmpty())
        .map(missing -> "It is installed but cannot be used: " + missing)
        .findFirst();
  }

  /** How to install an extension that a repository offers. */
  private Optional<String> installable(Kind kind, String name) {
    return repository.isOffered(kind, name, List.of())
        ? Optional.of("Install it: bootstrap-vz plugins install " + name)
        : Optional.empty();
  }

  private static String alternatives(Kind kind, String name, Collection<String> candidates) {
    return Suggestion.nearest(name, candidates)
            .map(nearest -> "Did you mean \"" + nearest + "\"? ")
            .orElse("")
        + installed(NamedExtension.word(kind), candidates);
  }

  private static String installed(String word, Collection<String> names) {
    return names.isEmpty()
        ? "No " + word + " is installed"
        : "Installed " + word + "s are " + String.join(", ", names);
  }
}
