/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** For each symbolic name, the bundle that new builds use: the highest version not hidden. */
final class CurrentBundles {
  private static final Comparator<OwnerBundle> BY_AGE =
      Comparator.comparing(OwnerBundle::version).thenComparing(OwnerBundle::id);

  private final Map<String, OwnerBundle> bySymbolicName = new HashMap<>();

  /**
   * @param hidden ids of bundles that new builds must not use
   */
  CurrentBundles(List<Collection<ServiceEntry>> services, Set<Long> hidden) {
    for (Collection<ServiceEntry> entries : services) {
      for (ServiceEntry entry : entries) {
        if (!hidden.contains(entry.bundle().id())) {
          bySymbolicName.merge(
              entry.bundle().symbolicName(),
              entry.bundle(),
              (a, b) -> BY_AGE.compare(a, b) >= 0 ? a : b);
        }
      }
    }
  }

  boolean contains(OwnerBundle bundle) {
    return bundle.equals(bySymbolicName.get(bundle.symbolicName()));
  }
}
