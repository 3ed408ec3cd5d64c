/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.repository.DeployCheck;
import org.bootstrapvz.api.repository.InstalledJar;
import org.bootstrapvz.api.repository.Offer;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.api.repository.RepositoryException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Resource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.resolver.Resolver;

/** Installs bundles from indexes if they are compatible with the installed ones. */
@Component(property = "bootstrapvz.installer:Boolean=true")
public final class IndexedRepository implements PluginRepository {
  private static final Duration DOWNLOAD_TIMEOUT = Duration.ofMinutes(10);
  private static final long LARGEST = 1L << 30;

  private final BundleContext context;
  private final Resolver resolver;
  private final DeployCheck check;
  private final Path deploy;
  private final Indexes indexes;

  @Activate
  public IndexedRepository(
      BundleContext context, @Reference Resolver resolver, @Reference DeployCheck check) {
    this.context = context;
    this.resolver = resolver;
    this.check = check;
    this.deploy = Path.of(context.getProperty("bootstrapvz.deploy"));
    this.indexes = new Indexes(Path.of(context.getProperty("bootstrapvz.state"), "repositories"));
  }

  @Override
  public List<Offer> offers(List<String> addresses, Consumer<String> warnings)
      throws RepositoryException, IOException, InterruptedException {
    return offers(indexes.read(addresses, warnings));
  }

  private static List<Offer> offers(List<IndexedBundle> latestFirst) {
    return latestFirst.stream()
        .flatMap(bundle -> bundle.offers().stream())
        .sorted(Comparator.comparing(Offer::kind).thenComparing(Offer::name))
        .toList();
  }

  @Override
  public boolean isOffered(ExtensionInfo.Kind kind, String name, List<String> addresses) {
    return addresses.stream()
        .flatMap(address -> indexes.known(address).stream())
        .anyMatch(bundle -> IndexedBundle.names(bundle.resource(), kind).contains(name));
  }

  @Override
  public List<Offer> index(Path folder, Consumer<String> notes)
      throws RepositoryException, IOException {
    return offers(indexes.write(folder, notes));
  }

  // --- install ---

  @Override
  public synchronized List<InstalledJar> install(
      List<String> wanted, List<String> addresses, Consumer<String> notes)
      throws RepositoryException, IOException, InterruptedException {
    List<IndexedBundle> offered = indexes.read(addresses, notes);
    try (DeployedJars jars = DeployedJars.open(deploy)) {
      InstalledBundles here = new InstalledBundles(context);
      Map<String, List<IndexedBundle>> choices = new LinkedHashMap<>();
      Set<Bundle> replaced = new LinkedHashSet<>();
      for (String each : wanted) {
        InstallRequest want = InstallRequest.of(each);
        List<IndexedBundle> versions = OfferedVersions.of(want, offered);
        if (isToBeInstalled(want, versions, here, jars, replaced, notes)) {
          choices.put(want.name(), versions);
        }
      }
      if (choices.isEmpty()) {
        return List.of();
      }
      List<IndexedBundle> needed =
          new ArrayList<>(resolve(List.copyOf(choices.values()), offered, here, replaced, notes));
      // If no later version is possible, the installed one stays.
      Set<String> same =
          replaced.stream().map(InstalledBundles::sha256).collect(Collectors.toSet());
      same.retainAll(needed.stream().map(IndexedBundle::sha256).toList());
      needed.removeIf(bundle -> same.contains(bundle.sha256()));
      replaced.removeIf(bundle -> same.contains(InstalledBundles.sha256(bundle)));
      Set<IndexedBundle> asked =
          choices.values().stream().flatMap(List::stream).collect(Collectors.toSet());
      Path place = jars.workplace();
      List<DeployedJars.Checked> checked = new ArrayList<>();
      for (IndexedBundle bundle : needed) {
        checked.add(fetch(bundle, asked.contains(bundle), place));
      }
      checked.sort(Comparator.comparing(DeployedJars.Checked::asked));
      return jars.put(
          checked,
          replaced.stream().map(InstalledBundles::file).flatMap(Optional::stream).toList(),
          file -> here.of(file).isPresent());
    }
  }

  /** Whether the bundle is not installed yet, or replaces one that the installer installed. */
  private boolean isToBeInstalled(
      InstallRequest want,
      List<IndexedBundle> versions,
      InstalledBundles here,
      DeployedJars jars,
      Set<Bundle> replaced,
      Consumer<String> notes)
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
        throw byHand(jars.file(file));
      }
      replaced.add(bundle);
    }
    return true;
  }

  private static RepositoryException byHand(Path file) {
    return new RepositoryException(file + " was put there by hand; delete it first");
  }

  /**
   * Selects the latest version of each requested bundle that is compatible with everything else,
   * and no other: two versions of a plugin cannot be active at the same time.
   */
  private List<IndexedBundle> resolve(
      List<List<IndexedBundle>> wanted,
      List<IndexedBundle> offered,
      InstalledBundles here,
      Set<Bundle> replaced,
      Consumer<String> notes)
      throws RepositoryException {
    Map<Resource, String> users = new LinkedHashMap<>();
    for (Bundle bundle : replaced) {
      for (Bundle user : InstalledBundles.users(bundle)) {
        if (!replaced.contains(user)) {
          users.put(
              user.adapt(BundleRevision.class), user.getSymbolicName() + " " + user.getVersion());
        }
      }
    }
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

  /** Fetches a jar and verifies it against its index entry. */
  private DeployedJars.Checked fetch(IndexedBundle bundle, boolean asked, Path place)
      throws RepositoryException, IOException, InterruptedException {
    String label = bundle.symbolicName() + " " + bundle.version();
    Path file = place.resolve(bundle.symbolicName() + "-" + bundle.version() + ".jar");
    String sha256 =
        bundle
            .source()
            .copy(bundle.url(), file, Math.min(bundle.size(), LARGEST), DOWNLOAD_TIMEOUT);
    if (!sha256.equals(bundle.sha256())) {
      throw new RepositoryException(
          "%s is not what the index %s says: the SHA-256 of %s is %s, and it should be %s"
              .formatted(
                  label,
                  bundle.source().address(),
                  RepositoryAddress.shown(bundle.url()),
                  sha256,
                  bundle.sha256()));
    }
    Optional<String> refusal = check.refusal(file);
    if (refusal.isPresent()) {
      throw new RepositoryException(
          label + " is refused: " + RepositoryAddress.shown(bundle.url()) + " " + refusal.get());
    }
    try (JarFile jar = new JarFile(file.toFile())) {
      Attributes main = jar.getManifest().getMainAttributes();
      String name = main.getValue(Constants.BUNDLE_SYMBOLICNAME).split(";")[0].strip();
      String version = main.getValue(Constants.BUNDLE_VERSION);
      if (!name.equals(bundle.symbolicName())
          || !Version.parseVersion(version).equals(bundle.version())) {
        throw new RepositoryException(
            "%s is not what the index %s says: the jar is %s %s"
                .formatted(label, bundle.source().address(), name, version));
      }
    }
    return new DeployedJars.Checked(
        file, bundle.symbolicName(), bundle.version().toString(), asked);
  }

  // --- remove ---

  @Override
  public synchronized List<InstalledJar> remove(List<String> names)
      throws RepositoryException, IOException {
    try (DeployedJars jars = DeployedJars.open(deploy)) {
      InstalledBundles here = new InstalledBundles(context);
      Map<Bundle, String> removed = new LinkedHashMap<>();
      for (String name : names) {
        List<Bundle> found = here.named(name);
        if (found.isEmpty()) {
          throw new RepositoryException("No plugin, provider or bundle " + name + " is installed");
        }
        for (Bundle bundle : found) {
          removed.put(bundle, removable(name, bundle, jars));
        }
      }
      for (Bundle bundle : removed.keySet()) {
        for (Bundle user : InstalledBundles.users(bundle)) {
          if (!removed.containsKey(user)) {
            throw new RepositoryException(
                "%s is needed by %s; remove that, too"
                    .formatted(bundle.getSymbolicName(), user.getSymbolicName()));
          }
        }
      }
      addOrphans(removed, here, jars);
      List<InstalledJar> gone = new ArrayList<>();
      for (Map.Entry<Bundle, String> each : removed.entrySet()) {
        String file = each.getValue();
        gone.add(
            new InstalledJar(
                jars.file(file),
                each.getKey().getSymbolicName(),
                each.getKey().getVersion().toString(),
                jars.isAsked(file)));
        jars.delete(file);
      }
      return gone;
    }
  }

  private static String removable(String name, Bundle bundle, DeployedJars jars)
      throws RepositoryException {
    String file =
        InstalledBundles.file(bundle)
            .orElseThrow(
                () ->
                    new RepositoryException(
                        name
                            + " is part of bootstrap-vz and cannot be removed: the bundle "
                            + bundle.getSymbolicName()));
    if (!jars.has(file)) {
      throw new RepositoryException(
          jars.file(file) + " was put there by hand; delete it in the same way");
    }
    return file;
  }

  /** Returns the jars that nobody requested and that nothing requires any more. */
  private static void addOrphans(
      Map<Bundle, String> removed, InstalledBundles here, DeployedJars jars) {
    boolean grown = true;
    while (grown) {
      grown = false;
      for (String file : jars.onlyNeeded()) {
        Optional<Bundle> bundle = here.of(file);
        if (bundle.isPresent() && !removed.containsKey(bundle.get())) {
          Set<Bundle> users = InstalledBundles.users(bundle.get());
          if (!users.isEmpty() && removed.keySet().containsAll(users)) {
            removed.put(bundle.get(), file);
            grown = true;
          }
        }
      }
    }
  }
}
