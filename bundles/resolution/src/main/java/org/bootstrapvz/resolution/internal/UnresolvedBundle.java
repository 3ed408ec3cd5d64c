/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.resolution.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Namespace;

/** A bundle that the framework may not be able to resolve. */
public final class UnresolvedBundle {
  private final Bundle bundle;
  private final List<BundleRevision> installed;

  /**
   * @param framework a context through which all installed bundles are found
   */
  public UnresolvedBundle(Bundle bundle, BundleContext framework) {
    this.bundle = bundle;
    this.installed =
        Arrays.stream(framework.getBundles())
            .map(each -> each.adapt(BundleRevision.class))
            .filter(Objects::nonNull)
            .toList();
  }

  /**
   * Why the bundle cannot be resolved, each reason as the end of a sentence that begins with the
   * bundle: the requirements that nothing satisfies, or otherwise the bundles that would satisfy
   * them but cannot be resolved either. Empty if the bundle is resolved, or if only the uses
   * constraints of packages prevent it.
   */
  public List<String> reasons() {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null || revision.getWiring() != null) {
      return List.of();
    }
    List<String> unsatisfied = new ArrayList<>();
    List<String> unresolved = new ArrayList<>();
    for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
      if (isOptional(requirement)) {
        continue;
      }
      List<BundleCapability> available = available(requirement.getNamespace());
      List<BundleCapability> matching = available.stream().filter(requirement::matches).toList();
      if (matching.isEmpty()) {
        unsatisfied.add(new UnsatisfiedRequirement(requirement, available).description());
      } else if (matching.stream().allMatch(match -> match.getRevision().getWiring() == null)) {
        matching.stream()
            .map(BundleCapability::getRevision)
            .filter(other -> !other.equals(revision))
            .map(
                other ->
                    "requires the bundle "
                        + other.getSymbolicName()
                        + " "
                        + other.getVersion()
                        + ", which cannot be resolved")
            .findFirst()
            .ifPresent(unresolved::add);
      }
    }
    return (unsatisfied.isEmpty() ? unresolved : unsatisfied).stream().distinct().toList();
  }

  /** Dynamic imports are resolved only when a class is loaded. */
  private static boolean isOptional(BundleRequirement requirement) {
    String resolution = requirement.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE);
    String effective = requirement.getDirectives().get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE);
    return Namespace.RESOLUTION_OPTIONAL.equals(resolution)
        || PackageNamespace.RESOLUTION_DYNAMIC.equals(resolution)
        || (effective != null && !Namespace.EFFECTIVE_RESOLVE.equals(effective));
  }

  private List<BundleCapability> available(String namespace) {
    return installed.stream()
        .flatMap(revision -> revision.getDeclaredCapabilities(namespace).stream())
        .toList();
  }
}
