/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.bootstrapvz.api.extension.ExtensionInfo.State;
import org.bootstrapvz.engine.internal.guard.PluginCalls;
import org.bootstrapvz.engine.internal.registry.ListedService;
import org.bootstrapvz.engine.internal.registry.ServiceRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lists registered providers and plugins, and the files of the deploy directory. */
@Component
public final class Catalog implements ExtensionCatalog {
  private final ServiceRegistry registry;
  private final DeployFolder folder;
  private final PluginCalls calls;

  @Activate
  public Catalog(
      @Reference ServiceRegistry registry,
      @Reference DeployFolder folder,
      @Reference PluginCalls calls) {
    this.registry = registry;
    this.folder = folder;
    this.calls = calls;
  }

  @Override
  public List<ExtensionInfo> extensions() {
    return extensions(registry.listed(), folder.status(), calls.setAside());
  }

  /**
   * @param setAside why bundles are not called any more, by their ids
   */
  static List<ExtensionInfo> extensions(
      List<ListedService> listed, List<DeployedFile> files, Map<Long, String> setAside) {
    List<ExtensionInfo> infos = new ArrayList<>();
    Set<Long> providing = new HashSet<>();
    var brokenTasks =
        listed.stream()
            .filter(entry -> entry.kind().isEmpty())
            .collect(
                Collectors.groupingBy(
                    entry -> entry.bundle().id(),
                    TreeMap::new,
                    Collectors.mapping(
                        entry -> "The task " + entry.name() + " " + entry.defect().orElse(""),
                        Collectors.joining("; "))));
    for (ListedService entry : listed) {
      if (entry.kind().isPresent()) {
        providing.add(entry.bundle().id());
        infos.add(
            new ExtensionInfo(
                entry.kind().get(),
                entry.name(),
                entry.description(),
                entry.bundle().symbolicName(),
                entry.bundle().version().toString(),
                state(entry, setAside),
                missing(entry, brokenTasks.getOrDefault(entry.bundle().id(), ""), setAside)));
      }
    }
    for (DeployedFile file : files) {
      if (file.bundle().filter(providing::contains).isEmpty()) {
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

  private static State state(ListedService entry, Map<Long, String> setAside) {
    if (!entry.current()) {
      return State.SUPERSEDED;
    }
    if (setAside.containsKey(entry.bundle().id())) {
      return State.SET_ASIDE;
    }
    return entry.selectedInstead().isPresent() ? State.WAITING : State.ACTIVE;
  }

  private static String missing(
      ListedService entry, String brokenTasks, Map<Long, String> setAside) {
    String reason = setAside.get(entry.bundle().id());
    if (entry.current() && reason != null) {
      return "It is not called any more, since "
          + reason
          + ". Replace its jar in the deploy directory";
    }
    if (entry.selectedInstead().isPresent()) {
      return "The bundle "
          + entry.selectedInstead().get()
          + " also provides a "
          + entry.kind().orElse(Kind.BUNDLE).words()
          + " of this name, and builds use that one; remove one of the two bundles";
    }
    return entry.defect().map(defect -> "It " + defect).orElse(brokenTasks);
  }

  /** Reads from the capabilities of a bundle what it would provide if it could be started. */
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
              "The file " + file.file() + " " + file.problem().orElse("")));
    }
    Bundles.Description bundle = file.description().get();
    boolean started = file.problem().isEmpty();
    State state = file.bundle().isPresent() ? State.WAITING : State.REFUSED;
    String missing =
        started
            ? "The bundle is active, but a service that one of its components references is missing"
            : "The bundle " + file.problem().orElse("");
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
