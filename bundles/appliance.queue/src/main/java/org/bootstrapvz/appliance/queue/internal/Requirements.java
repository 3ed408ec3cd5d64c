/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What an appliance must have to run a build, as texts: {@code provider:kvm}. */
final class Requirements {
  private Requirements() {}

  /** The requirements of a manifest. */
  static Set<String> of(String provider, List<String> plugins) {
    Set<String> needs = new TreeSet<>();
    if (!provider.isEmpty()) {
      needs.add("provider:" + provider);
    }
    plugins.forEach(plugin -> needs.add("plugin:" + plugin));
    return needs;
  }

  /** For people: {@code provider kvm, plugin vagrant}. */
  static String text(Set<String> needs) {
    return needs.stream()
        .map(need -> need.replaceFirst(":", " "))
        .collect(Collectors.joining(", "));
  }
}
