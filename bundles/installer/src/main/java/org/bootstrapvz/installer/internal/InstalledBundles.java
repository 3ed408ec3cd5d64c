/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.resource.Resource;

/** The installed bundles, except for those of the installer itself. */
final class InstalledBundles {
  /** The prefix by which the engine marks bundles from the deploy directory. */
  private static final String DEPLOYED = "plugin:";

  private final List<Bundle> bundles;

  InstalledBundles(BundleContext context) {
    String own = context.getBundle().getLocation();
    String folder = own.substring(0, own.lastIndexOf('/') + 1);
    bundles =
        Stream.of(context.getBundles())
            .filter(bundle -> folder.isEmpty() || !bundle.getLocation().startsWith(folder))
            .filter(bundle -> bundle.adapt(BundleRevision.class) != null)
            .toList();
  }

  /** All but those that will be replaced. */
  List<Resource> without(Collection<Bundle> replaced) {
    return bundles.stream()
        .filter(bundle -> !replaced.contains(bundle))
        .<Resource>map(bundle -> bundle.adapt(BundleRevision.class))
        .toList();
  }

  /**
   * The bundles that declare a plugin or provider of this name, or that have it as their symbolic
   * name.
   */
  List<Bundle> named(String name) {
    return bundles.stream()
        .filter(
            bundle -> {
              Resource resource = bundle.adapt(BundleRevision.class);
              return name.equals(bundle.getSymbolicName())
                  || IndexedBundle.declares(resource, name);
            })
        .toList();
  }

  /** The bundle that was installed from a file of the deploy directory. */
  Optional<Bundle> of(String file) {
    return bundles.stream()
        .filter(bundle -> file(bundle).filter(file::equals).isPresent())
        .findFirst();
  }

  /**
   * The file of the deploy directory that a bundle was installed from; empty if it belongs to the
   * distribution.
   */
  static Optional<String> file(Bundle bundle) {
    String location = bundle.getLocation();
    return location.startsWith(DEPLOYED)
        ? Optional.of(location.substring(DEPLOYED.length(), location.lastIndexOf('#')))
        : Optional.empty();
  }

  /** The SHA-256 of that file. */
  static String sha256(Bundle bundle) {
    return bundle.getLocation().substring(bundle.getLocation().lastIndexOf('#') + 1);
  }

  /** The bundles that are wired to a bundle. */
  static Set<Bundle> users(Bundle bundle) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    return wiring == null
        ? Set.of()
        : Stream.ofNullable(wiring.getProvidedWires(null))
            .flatMap(List::stream)
            .map(BundleWire::getRequirer)
            .map(BundleRevision::getBundle)
            .filter(Objects::nonNull)
            .filter(user -> !user.equals(bundle))
            .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
