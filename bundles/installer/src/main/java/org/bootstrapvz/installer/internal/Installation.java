/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bootstrapvz.api.repository.InstalledJar;
import org.bootstrapvz.api.repository.RepositoryException;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Resource;
import org.osgi.service.resolver.Resolver;

/** Installs bundles from indexes with everything they require. */
final class Installation {
  private final InstalledBundles here;
  private final DeployedJars jars;
  private final Resolver resolver;
  private final BundleDownload download;
  private final Consumer<String> notes;

  Installation(
      InstalledBundles here,
      DeployedJars jars,
      Resolver resolver,
      BundleDownload download,
      Consumer<String> notes) {
    this.here = here;
    this.jars = jars;
    this.resolver = resolver;
    this.download = download;
    this.notes = notes;
  }

  List<InstalledJar> install(List<String> wanted, List<IndexedBundle> offered)
      throws RepositoryException, IOException, InterruptedException {
    Map<String, List<IndexedBundle>> choices = new LinkedHashMap<>();
    Set<Bundle> replaced = new LinkedHashSet<>();
    for (String each : wanted) {
      InstallRequest want = InstallRequest.of(each);
      List<IndexedBundle> versions = OfferedVersions.of(want, offered);
      if (isToBeInstalled(want, versions, replaced)) {
        choices.put(want.name(), versions);
      }
    }
    if (choices.isEmpty()) {
      return List.of();
    }
    List<IndexedBundle> needed =
        new ArrayList<>(resolve(List.copyOf(choices.values()), offered, replaced));
    // If no later version is possible, the installed one stays.
    Set<String> same = replaced.stream().map(InstalledBundles::sha256).collect(Collectors.toSet());
    same.retainAll(needed.stream().map(IndexedBundle::sha256).toList());
    needed.removeIf(bundle -> same.contains(bundle.sha256()));
    replaced.removeIf(bundle -> same.contains(InstalledBundles.sha256(bundle)));
    Set<IndexedBundle> asked =
        choices.values().stream().flatMap(List::stream).collect(Collectors.toSet());
    Path folder = jars.workplace();
    List<DeployedJars.Checked> checked = new ArrayList<>();
    for (IndexedBundle bundle : needed) {
      checked.add(download.fetch(bundle, asked.contains(bundle), folder));
    }
    checked.sort(Comparator.comparing(DeployedJars.Checked::asked));
    return jars.put(
        checked,
        replaced.stream().map(InstalledBundles::file).flatMap(Optional::stream).toList(),
        file -> here.of(file).isPresent());
  }

  /** Whether the bundle is not installed yet, or replaces one that the installer installed. */
  private boolean isToBeInstalled(
      InstallRequest want, List<IndexedBundle> versions, Set<Bundle> replaced)
      throws RepositoryException, IOException {
    IndexedBundle best = versions.get(0);
    Set<Bundle> old = new LinkedHashSet<>(here.named(want.name()));
    old.addAll(here.named(best.symbolicName()));
    for (Bundle bundle : old) {
      String file = InstalledBundles.file(bundle).orElse(null);
      if (file == null) {
        throw new RepositoryException(
            want.name()
                + " is part of bootstrap-vz: the bundle "
                + bundle.getSymbolicName()
                + " "
                + bundle.getVersion());
      }
      boolean isLater = want.text().isEmpty() && bundle.getVersion().compareTo(best.version()) > 0;
      if (isLater || InstalledBundles.sha256(bundle).equals(best.sha256())) {
        notes.accept(
            want.name()
                + " is installed already: "
                + bundle.getVersion()
                + " in "
                + jars.file(file));
        jars.ask(file);
        return false;
      }
      if (!jars.has(file)) {
        throw new RepositoryException(
            jars.file(file) + " was copied there by hand; delete it first");
      }
      replaced.add(bundle);
    }
    return true;
  }

  /**
   * Selects the latest version of each requested bundle that is compatible with everything else,
   * and no other: two versions of a plugin cannot be active at the same time.
   */
  private List<IndexedBundle> resolve(
      List<List<IndexedBundle>> wanted, List<IndexedBundle> offered, Set<Bundle> replaced)
      throws RepositoryException {
    Map<Resource, String> users = usersOf(replaced);
    List<List<IndexedBundle>> chosen = new ArrayList<>(wanted);
    List<IndexedBundle> pool = new ArrayList<>(offered);
    List<IndexedBundle> needed = List.of();
    for (int i = 0; i < chosen.size(); i++) {
      RepositoryException first = null;
      for (IndexedBundle version : wanted.get(i)) {
        List<IndexedBundle> rest = new ArrayList<>(pool);
        rest.removeIf(
            other -> other != version && other.symbolicName().equals(version.symbolicName()));
        chosen.set(i, List.of(version));
        try {
          needed = new Resolution(here.without(replaced), users, rest, chosen).resolve(resolver);
          pool = rest;
          break;
        } catch (RepositoryException e) {
          first = first == null ? e : first;
          if (version == wanted.get(i).get(wanted.get(i).size() - 1)) {
            throw first;
          }
          notes.accept(e.getMessage());
        }
      }
    }
    return needed;
  }

  /** The bundles that use a replaced one and must be able to use its successor. */
  private static Map<Resource, String> usersOf(Set<Bundle> replaced) {
    Map<Resource, String> users = new LinkedHashMap<>();
    for (Bundle bundle : replaced) {
      for (Bundle user : InstalledBundles.users(bundle)) {
        if (!replaced.contains(user)) {
          users.put(
              user.adapt(BundleRevision.class), user.getSymbolicName() + " " + user.getVersion());
        }
      }
    }
    return users;
  }
}
