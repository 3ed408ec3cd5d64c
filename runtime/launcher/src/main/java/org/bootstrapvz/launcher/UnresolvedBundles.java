/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bootstrapvz.resolution.internal.UnresolvedBundle;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Describes the bundles that cannot be resolved. */
final class UnresolvedBundles {

  private static final int MAX_REASONS = 3;

  private final BundleContext context;

  UnresolvedBundles(BundleContext context) {
    this.context = context;
  }

  /** One sentence per bundle. */
  List<String> sentences() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
        .map(this::sentence)
        .toList();
  }

  private String sentence(Bundle bundle) {
    List<String> reasons = new UnresolvedBundle(bundle, context).reasons();
    int more = reasons.size() - MAX_REASONS;
    return "The bundle "
        + bundle.getSymbolicName()
        + " "
        + bundle.getVersion()
        + " cannot be resolved: "
        + (reasons.isEmpty()
            ? "the bundles it imports from have conflicting uses constraints"
            : reasons.stream().limit(MAX_REASONS).collect(Collectors.joining("; ", "it ", "")))
        + (more > 0 ? "; and " + more + " more unsatisfied requirements." : ".");
  }
}
