/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.bootstrapvz.api.extension.ExtensionInfo.State;
import org.bootstrapvz.engine.internal.registry.ServiceRegistry;
import org.bootstrapvz.engine.internal.registry.ServiceRegistry.Listed;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Puts together what is registered and what lies in the deploy folder. */
@Component
public final class Catalog implements ExtensionCatalog {
  private final ServiceRegistry registry;
  private final DeployFolder folder;

  @Activate
  public Catalog(@Reference ServiceRegistry registry, @Reference DeployFolder folder) {
    this.registry = registry;
    this.folder = folder;
  }

  @Override
  public List<ExtensionInfo> extensions() {
    return extensions(registry.listed(), folder.status());
  }

  static List<ExtensionInfo> extensions(List<Listed> listed, List<DeployedFile> files) {
    List<ExtensionInfo> infos = new ArrayList<>();
    Set<Long> offering = new HashSet<>();
    var brokenTasks =
        listed.stream()
            .filter(entry -> entry.kind().isEmpty())
            .collect(
                Collectors.groupingBy(
                    entry -> entry.bundle().id(),
                    TreeMap::new,
                    Collectors.mapping(
                        entry -> "The task " + entry.name() + " " + entry.defect(),
                        Collectors.joining("; "))));
    for (Listed entry : listed) {
      if (entry.kind().isPresent()) {
        offering.add(entry.bundle().id());
        infos.add(
            new ExtensionInfo(
                entry.kind().get(),
                entry.name(),
                entry.description(),
                entry.bundle().symbolicName(),
                entry.bundle().version().toString(),
                state(entry),
                missing(entry, brokenTasks.getOrDefault(entry.bundle().id(), ""))));
      }
    }
    for (DeployedFile file : files) {
      if (file.bundle().filter(offering::contains).isEmpty()) {
        infos.addAll(withoutService(file, brokenTasks.getOrDefault(file.bundle().orElse(-1L), "")));
      }
    }
    infos.sort(
        Comparator.comparing(ExtensionInfo::kind)
            .thenComparing(ExtensionInfo::name)
            .thenComparing(ExtensionInfo::state)
            .thenComparing(ExtensionInfo::version));
    return List.copyOf(infos);
  }

  private static State state(Listed entry) {
    return !entry.current()
        ? State.SUPERSEDED
        : entry.rival().isPresent() ? State.WAITING : State.ACTIVE;
  }

  private static String missing(Listed entry, String brokenTasks) {
    if (entry.rival().isPresent()) {
      return "The bundle "
          + entry.rival().get()
          + " offers a "
          + entry.kind().get().name().toLowerCase(Locale.ROOT)
          + " of this name too, and builds use that one; take away one of them";
    }
    return entry.defect().isEmpty() ? brokenTasks : "It " + entry.defect();
  }

  /** A bundle tells by its capabilities what it would offer if it could be started. */
  private static List<ExtensionInfo> withoutService(DeployedFile file, String brokenTasks) {
    if (file.description().isEmpty()) {
      return List.of(
          new ExtensionInfo(
              Kind.BUNDLE,
              file.file(),
              "",
              "",
              "",
              State.REFUSED,
              "The file " + file.file() + " " + file.problem()));
    }
    Bundles.Description bundle = file.description().get();
    boolean started = file.problem().isEmpty();
    State state = file.bundle().isPresent() ? State.WAITING : State.REFUSED;
    String missing =
        started
            ? "The bundle is active, but one of its components lacks a service it references"
            : "The bundle " + file.problem();
    List<ExtensionInfo> infos = new ArrayList<>();
    bundle
        .providers()
        .forEach(name -> infos.add(info(Kind.PROVIDER, name, bundle, state, missing)));
    bundle.plugins().forEach(name -> infos.add(info(Kind.PLUGIN, name, bundle, state, missing)));
    if (infos.isEmpty()) {
      infos.add(
          started
              ? info(Kind.BUNDLE, bundle.symbolicName(), bundle, State.ACTIVE, brokenTasks)
              : info(Kind.BUNDLE, bundle.symbolicName(), bundle, state, missing));
    }
    return infos;
  }

  private static ExtensionInfo info(
      Kind kind, String name, Bundles.Description bundle, State state, String missing) {
    return new ExtensionInfo(
        kind, name, "", bundle.symbolicName(), bundle.version(), state, missing);
  }
}
