/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Namespace;

/** Tells in sentences which bundles cannot be resolved, and what each of them misses. */
final class MissingRequirements {

  private static final Pattern ATTRIBUTE = Pattern.compile("\\(([\\w.:-]+)(>=|<=|=)([^()]*)\\)");

  private static final int SHOWN = 3;

  private final List<Bundle> bundles;
  private final List<BundleCapability> offered;

  MissingRequirements(Bundle... bundles) {
    this.bundles = Arrays.asList(bundles);
    offered =
        this.bundles.stream()
            .map(bundle -> bundle.adapt(BundleRevision.class))
            .flatMap(revision -> revision.getDeclaredCapabilities(null).stream())
            .toList();
  }

  List<String> sentences() {
    return bundles.stream()
        .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
        .map(this::sentence)
        .toList();
  }

  private String sentence(Bundle bundle) {
    List<BundleRequirement> needed =
        bundle.adapt(BundleRevision.class).getDeclaredRequirements(null).stream()
            .filter(MissingRequirements::decides)
            .toList();
    String name = "The bundle " + nameOf(bundle) + " cannot be resolved: ";
    List<String> missing =
        needed.stream()
            .filter(requirement -> offered.stream().noneMatch(requirement::matches))
            .map(MissingRequirements::describe)
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      int more = missing.size() - SHOWN;
      return name
          + "nothing here offers "
          + missing.stream().limit(SHOWN).collect(Collectors.joining("; "))
          + (more > 0 ? "; and " + more + " more things it needs." : ", which it needs.");
    }
    String culprits =
        needed.stream()
            .map(this::onlyUnresolvedOffers)
            .flatMap(List::stream)
            .distinct()
            .sorted()
            .collect(Collectors.joining(" and "));
    return name
        + (culprits.isEmpty()
            ? "what it imports comes from bundles that contradict each other."
            : "it needs " + culprits + ".");
  }

  /**
   * Requirements that are optional or only looked at when somebody asks do not keep a bundle from
   * resolving.
   */
  private static boolean decides(BundleRequirement requirement) {
    Map<String, String> directives = requirement.getDirectives();
    return !Constants.RESOLUTION_OPTIONAL.equals(directives.get(Constants.RESOLUTION_DIRECTIVE))
        && !"dynamic".equals(directives.get(Constants.RESOLUTION_DIRECTIVE))
        && directives
            .getOrDefault(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE, Namespace.EFFECTIVE_RESOLVE)
            .equals(Namespace.EFFECTIVE_RESOLVE);
  }

  private List<String> onlyUnresolvedOffers(BundleRequirement requirement) {
    List<Bundle> offering =
        offered.stream()
            .filter(requirement::matches)
            .map(capability -> capability.getRevision().getBundle())
            .filter(bundle -> !bundle.equals(requirement.getRevision().getBundle()))
            .toList();
    return offering.stream().allMatch(bundle -> bundle.getState() == Bundle.INSTALLED)
        ? offering.stream().map(MissingRequirements::nameOf).toList()
        : List.of();
  }

  private static String nameOf(Bundle bundle) {
    return bundle.getSymbolicName() + " " + bundle.getVersion();
  }

  private static String describe(BundleRequirement requirement) {
    String filter = requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
    StringBuilder name = new StringBuilder();
    StringBuilder version = new StringBuilder();
    Matcher attribute = ATTRIBUTE.matcher(filter);
    while (attribute.find()) {
      String key = attribute.group(1);
      String value = attribute.group(3);
      if (key.equals(requirement.getNamespace())) {
        name.append(' ').append(value);
      } else if (!key.endsWith("version")) {
        name.append(' ').append(key).append(' ').append(value);
      } else if (filter.startsWith("(!", attribute.start() - 2)) {
        version.append(" and below ").append(value);
      } else {
        version.append(attribute.group(2).equals("=") ? ", version " : ", version from ");
        version.append(value);
      }
    }
    return kind(requirement.getNamespace()) + name + version;
  }

  private static String kind(String namespace) {
    return switch (namespace) {
      case PackageNamespace.PACKAGE_NAMESPACE -> "the package";
      case BundleNamespace.BUNDLE_NAMESPACE, HostNamespace.HOST_NAMESPACE -> "the bundle";
      case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE -> "the Java platform";
      default -> "the capability " + namespace;
    };
  }
}
