/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/** Follows the wires between bundles. */
record BundleDependencies(BundleContext context) {
  /** Bundles, by id, and all bundles they are wired to, directly or through others. */
  Set<Long> closure(Set<Long> bundles) {
    Set<Long> found = new HashSet<>(bundles);
    Deque<Long> open = new ArrayDeque<>(bundles);
    while (!open.isEmpty()) {
      providers(open.pop()).filter(found::add).forEach(open::push);
    }
    return found;
  }

  /** None for a bundle that was uninstalled. */
  private Stream<Long> providers(long bundle) {
    return Optional.ofNullable(context.getBundle(bundle))
        .map(installed -> installed.adapt(BundleWiring.class))
        .map(wiring -> wiring.getRequiredWires(null))
        .stream()
        .flatMap(wires -> wires.stream().map(wire -> wire.getProvider().getBundle().getBundleId()));
  }
}
