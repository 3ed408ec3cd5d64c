/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.engine.internal.graph.Finding;
import org.bootstrapvz.engine.internal.graph.TaskGraph;
import org.bootstrapvz.engine.internal.graph.TaskList;
import org.bootstrapvz.engine.internal.registry.OwnerBundle;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot;
import org.bootstrapvz.engine.internal.registry.TaskInfo;

/**
 * The planning of one manifest. What a provider or plugin throws is a problem, not an end, so that
 * the rest is checked too.
 */
final class ManifestPlanner {
  private final ManifestReader reader;
  private final RegistrySnapshot offers;
  private final ExtensionCatalog catalog;
  private final PluginRepository repository;
  private final FoundProblems problems = new FoundProblems();
  private final List<Used<?>> used = new ArrayList<>();
  private Manifest manifest;

  /** A provider or plugin that the manifest names. */
  private static final class Used<T extends Extension> {
    private final Kind kind;
    private final RegistrySnapshot.Extension<T> offer;
    private final ManifestValue named;
    private final T extension;

    Used(Kind kind, RegistrySnapshot.Extension<T> offer, ManifestValue named, T extension) {
      this.kind = kind;
      this.offer = offer;
      this.named = named;
      this.extension = extension;
    }

    /** {@code plugin commands}. */
    String label() {
      return word(kind) + " " + offer.name();
    }

    OwnerBundle bundle() {
      return offer.bundle();
    }

    /** Where the part of the manifest stands that is its own. */
    String path() {
      return kind == Kind.PROVIDER ? "" : named.path();
    }

    void giveBack() {
      offer.service().giveBack(extension);
    }
  }

  ManifestPlanner(
      ManifestReader reader,
      RegistrySnapshot offers,
      ExtensionCatalog catalog,
      PluginRepository repository) {
    this.reader = reader;
    this.offers = offers;
    this.catalog = catalog;
    this.repository = repository;
  }

  Planning plan(Path file) {
    Optional<Plan> plan = Optional.empty();
    try {
      manifest = reader.read(file, problems).orElse(null);
      if (manifest != null) {
        long baseErrors = problems.errors();
        findExtensions();
        for (Used<?> extension : used) {
          check(extension, baseErrors == 0);
        }
        plan = problems.errors() == 0 ? sort() : Optional.empty();
      }
    } finally {
      used.forEach(Used::giveBack);
    }
    return new Planning(plan, problems.inOrder());
  }

  /** The bundles of the providers and plugins that the manifest names. */
  Set<Long> extensionBundles() {
    Set<Long> bundles = new HashSet<>();
    used.forEach(extension -> bundles.add(extension.bundle().id()));
    return bundles;
  }

  // --- providers and plugins ---

  private void findExtensions() {
    ManifestValue provider = manifest.at("provider.name");
    if (provider.exists() && provider.isScalar()) {
      find(Kind.PROVIDER, provider.text(), provider, provider.location(), offers.providers());
    } else if (problems.errors() == 0) {
      problems.error(
          provider,
          "The manifest names no provider",
          installed("provider", offers.providers().keySet()));
    }
    ManifestValue plugins = manifest.at("plugins");
    if (plugins.isMap()) {
      plugins
          .entries()
          .forEach(
              (name, value) ->
                  find(Kind.PLUGIN, name, value, value.keyLocation(), offers.plugins()));
    }
  }

  private <T extends Extension> void find(
      Kind kind,
      String name,
      ManifestValue named,
      Location location,
      SortedMap<String, RegistrySnapshot.Extension<T>> offered) {
    RegistrySnapshot.Extension<T> offer = offered.get(name);
    if (offer == null) {
      String what = word(kind);
      problems.add(
          new Problem(
              Severity.ERROR,
              location,
              named.path(),
              "There is no " + what + " \"" + name + "\"",
              waiting(kind, name)
                  .or(() -> installable(kind, name))
                  .orElseGet(
                      () ->
                          Suggestion.nearest(name, offered.keySet())
                                  .map(nearest -> "Did you mean \"" + nearest + "\"? ")
                                  .orElse("")
                              + installed(what, offered.keySet()))));
      return;
    }
    Optional<T> service =
        guarded(kind, offer, named, "be activated", () -> offer.service().obtain())
            .flatMap(found -> found);
    service.ifPresent(extension -> used.add(new Used<>(kind, offer, named, extension)));
  }

  private static String installed(String what, Collection<String> names) {
    return names.isEmpty()
        ? "No " + what + " is installed"
        : "Installed " + what + "s are " + String.join(", ", names);
  }

  /** Why one of that name lies in the deploy folder but cannot be used. */
  private Optional<String> waiting(Kind kind, String name) {
    return catalog.extensions().stream()
        .filter(info -> info.kind() == kind && info.name().equals(name))
        .map(ExtensionInfo::missing)
        .filter(missing -> !missing.isEmpty())
        .map(missing -> "It is installed but cannot be used: " + missing)
        .findFirst();
  }

  /** How to get one that is not here but in a repository. */
  private Optional<String> installable(Kind kind, String name) {
    return repository.isOffered(kind, name, List.of())
        ? Optional.of("Install it: bootstrap-vz plugins install " + name)
        : Optional.empty();
  }

  private <T extends Extension> void check(Used<T> checked, boolean baseIsSound) {
    long before = problems.errors();
    Optional<URL> schema =
        guarded(
            checked.kind,
            checked.offer,
            checked.named,
            "give its schema",
            () -> checked.extension.schema());
    schema.ifPresent(url -> manifest = reader.check(manifest, checked.path(), url, problems));
    if (baseIsSound && problems.errors() == before) {
      guarded(
          checked.kind,
          checked.offer,
          checked.named,
          "check the manifest",
          () -> {
            checked.extension.check(manifest, problems);
            return null;
          });
    }
  }

  /**
   * What code of a bundle gives; empty if it is null, or if the code fails, which is a problem that
   * names the bundle.
   */
  private <T extends Extension, R> Optional<R> guarded(
      Kind kind,
      RegistrySnapshot.Extension<T> offer,
      ManifestValue named,
      String purpose,
      Supplier<R> code) {
    try {
      return Optional.ofNullable(code.get());
    } catch (RuntimeException | LinkageError e) {
      problems.add(
          new Problem(
              Severity.ERROR,
              named.keyLocation(),
              named.path(),
              "The "
                  + word(kind)
                  + " "
                  + offer.name()
                  + " of the bundle "
                  + offer.bundle()
                  + " failed to "
                  + purpose
                  + ": "
                  + withoutSecrets(e),
              "This is a mistake of the bundle, not of the manifest"));
      return Optional.empty();
    }
  }

  private String withoutSecrets(Throwable thrown) {
    String text = thrown.toString();
    for (Secret secret : manifest.secrets()) {
      if (!secret.reveal().isEmpty()) {
        text = text.replace(secret.reveal(), Secret.MASK);
      }
    }
    return text;
  }

  private static String word(Kind kind) {
    return kind == Kind.PROVIDER ? "provider" : "plugin";
  }

  // --- tasks ---

  private Optional<Plan> sort() {
    ChosenTasks chosen = new ChosenTasks();
    for (Used<?> extension : used) {
      chosen.asks(extension.label());
      select(extension, chosen);
    }
    chosen.ids().forEach(id -> mustBeRegistered(id, chosen.requestedBy(id)));
    TaskList list =
        TaskGraph.sort(
            offers.tasks().values().stream().map(RegistrySnapshot.RegisteredTask::info).toList(),
            offers.broken(),
            new HashSet<>(chosen.ids()));
    for (Finding finding : list.findings()) {
      problems.add(
          new Problem(
              finding.severity(),
              Location.of(manifest.file()),
              "",
              finding.message(),
              finding.remedy()));
    }
    if (problems.errors() > 0) {
      return Optional.empty();
    }
    SortedSet<HostCommand> commands = new TreeSet<>(chosen.commands());
    list.tasks().forEach(task -> commands.addAll(task.commands()));
    return Optional.of(
        new Plan(
            manifest,
            name(Kind.PROVIDER).get(0),
            name(Kind.PLUGIN),
            list.tasks().stream()
                .map(task -> planned(task, chosen.requestedBy(task.id())))
                .toList(),
            list.relations(),
            Collections.unmodifiableSortedSet(commands)));
  }

  private <T extends Extension> void select(Used<T> chosen, ChosenTasks tasks) {
    guarded(
        chosen.kind,
        chosen.offer,
        chosen.named,
        "choose its tasks",
        () -> {
          chosen.extension.selectTasks(tasks, manifest);
          return null;
        });
  }

  private void mustBeRegistered(String id, List<String> requestedBy) {
    if (offers.tasks().containsKey(id)) {
      return;
    }
    String defect = offers.broken().get(id);
    problems.add(
        new Problem(
            Severity.ERROR,
            Location.of(manifest.file()),
            "",
            "The task "
                + id
                + ", asked for by "
                + String.join(" and ", requestedBy)
                + ", "
                + (defect == null ? "is offered by no installed bundle" : defect),
            defect == null
                ? "Install the bundle that offers it"
                : "This is a mistake of the bundle that offers the task"));
  }

  private List<String> name(Kind kind) {
    return used.stream().filter(u -> u.kind == kind).map(u -> u.offer.name()).toList();
  }

  private static PlannedTask planned(TaskInfo task, List<String> requestedBy) {
    return new PlannedTask(
        task.id(),
        task.name(),
        task.phase(),
        task.description(),
        task.bundle().symbolicName(),
        task.bundle().version().toString(),
        requestedBy);
  }
}
