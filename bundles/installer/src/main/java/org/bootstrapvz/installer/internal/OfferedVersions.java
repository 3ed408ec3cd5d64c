/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.api.repository.RepositoryException;

/** Selects the bundles of indexes that match a request. */
final class OfferedVersions {
  private OfferedVersions() {}

  /** Returns all matching versions, in the order of the indexes; at least one. */
  static List<IndexedBundle> of(InstallRequest want, List<IndexedBundle> offered)
      throws RepositoryException {
    List<IndexedBundle> named =
        offered.stream().filter(bundle -> bundle.isNamed(want.name())).toList();
    if (named.isEmpty()) {
      Set<String> names = new TreeSet<>();
      offered.forEach(bundle -> bundle.offers().forEach(offer -> names.add(offer.name())));
      throw new RepositoryException(
          "No index has anything named \""
              + want.name()
              + "\"."
              + Suggestion.nearest(want.name(), names)
                  .map(nearest -> " Did you mean \"" + nearest + "\"?")
                  .orElse("")
              + (names.isEmpty()
                  ? " There is none at all"
                  : " There are " + String.join(", ", names)));
    }
    Set<String> bundles =
        named.stream().map(IndexedBundle::symbolicName).collect(Collectors.toSet());
    if (bundles.size() > 1) {
      throw new RepositoryException(
          "Several bundles provide "
              + want.name()
              + "; specify one of: "
              + String.join(", ", new TreeSet<>(bundles)));
    }
    List<IndexedBundle> fitting =
        named.stream().filter(bundle -> want.versions().includes(bundle.version())).toList();
    if (fitting.isEmpty()) {
      throw new RepositoryException(
          "There is no "
              + want.name()
              + " "
              + want.text()
              + "; there is "
              + named.stream()
                  .map(bundle -> bundle.version().toString())
                  .collect(Collectors.joining(", ")));
    }
    return fitting;
  }
}
