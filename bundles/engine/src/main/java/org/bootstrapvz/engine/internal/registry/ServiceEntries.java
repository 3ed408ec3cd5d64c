/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.osgi.framework.ServiceReference;

/** The registered services of one type. Thread-safe. */
final class ServiceEntries<T> {
  private final Map<ServiceReference<T>, ServiceEntry> entries = new ConcurrentHashMap<>();

  /** A service that new builds use. */
  record Selected<T>(ServiceReference<T> reference, ServiceEntry entry) {}

  void put(ServiceReference<T> reference, ServiceEntry entry) {
    entries.put(reference, entry);
  }

  void remove(ServiceReference<T> reference) {
    entries.remove(reference);
  }

  Collection<ServiceEntry> all() {
    return entries.values();
  }

  /**
   * By name, the services that new builds use. Of several bundles that provide the same name, the
   * service with the highest ranking is selected, then the oldest.
   */
  Map<String, Selected<T>> selected(CurrentBundles current) {
    Map<String, Selected<T>> selected = new TreeMap<>();
    entries.forEach(
        (reference, entry) -> {
          if (current.contains(entry.bundle())) {
            selected.merge(
                entry.name(),
                new Selected<>(reference, entry),
                (a, b) -> a.reference.compareTo(b.reference) >= 0 ? a : b);
          }
        });
    return selected;
  }

  /** All services of this type, or only those with invalid properties. */
  List<ListedService> listed(Optional<Kind> kind, boolean onlyInvalid, CurrentBundles current) {
    Map<String, Selected<T>> selected = selected(current);
    List<ListedService> listed = new ArrayList<>();
    entries.forEach(
        (reference, entry) -> {
          if (!onlyInvalid || entry.defect().isPresent()) {
            boolean isCurrent = current.contains(entry.bundle());
            Optional<OwnerBundle> selectedInstead =
                Optional.ofNullable(selected.get(entry.name()))
                    .filter(used -> isCurrent && !used.reference.equals(reference))
                    .map(used -> used.entry.bundle());
            listed.add(
                new ListedService(
                    kind,
                    entry.name(),
                    entry.description(),
                    entry.bundle(),
                    isCurrent,
                    selectedInstead,
                    entry.defect()));
          }
        });
    return listed;
  }
}
