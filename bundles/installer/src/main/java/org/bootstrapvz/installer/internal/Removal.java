/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bootstrapvz.api.repository.InstalledJar;
import org.bootstrapvz.api.repository.RepositoryException;
import org.osgi.framework.Bundle;

/** Removes installed bundles, and with them those that nothing requires any more. */
final class Removal {
  private final InstalledBundles here;
  private final DeployedJars jars;

  Removal(InstalledBundles here, DeployedJars jars) {
    this.here = here;
    this.jars = jars;
  }

  List<InstalledJar> remove(List<String> names) throws RepositoryException, IOException {
    Map<Bundle, String> removed = requested(names);
    requireNoUsers(removed);
    addOrphans(removed);
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

  /** The bundles of these names with their files. */
  private Map<Bundle, String> requested(List<String> names) throws RepositoryException {
    Map<Bundle, String> requested = new LinkedHashMap<>();
    for (String name : names) {
      List<Bundle> found = here.named(name);
      if (found.isEmpty()) {
        throw new RepositoryException("No plugin, provider or bundle " + name + " is installed");
      }
      for (Bundle bundle : found) {
        requested.put(bundle, removable(name, bundle));
      }
    }
    return requested;
  }

  private String removable(String name, Bundle bundle) throws RepositoryException {
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
          jars.file(file) + " was copied there by hand; delete it in the same way");
    }
    return file;
  }

  private static void requireNoUsers(Map<Bundle, String> removed) throws RepositoryException {
    for (Bundle bundle : removed.keySet()) {
      for (Bundle user : InstalledBundles.users(bundle)) {
        if (!removed.containsKey(user)) {
          throw new RepositoryException(
              "%s is needed by %s; remove that, too"
                  .formatted(bundle.getSymbolicName(), user.getSymbolicName()));
        }
      }
    }
  }

  /** Adds the jars that nobody requested and that nothing requires any more. */
  private void addOrphans(Map<Bundle, String> removed) {
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
