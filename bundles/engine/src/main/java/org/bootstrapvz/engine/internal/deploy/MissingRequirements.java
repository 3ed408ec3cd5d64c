/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Namespace;

/** Says in words what a bundle that cannot be resolved misses. */
final class MissingRequirements {
  private static final Pattern AT_LEAST = Pattern.compile("\\(version>=([^)]+)\\)");
  private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([^)]+)\\)\\)");

  private final BundleContext context;

  MissingRequirements(BundleContext context) {
    this.context = context;
  }

  /**
   * Each requirement that nothing fulfils, as the end of a sentence; or, if each has somebody to
   * fulfil it, those bundles that do but cannot be resolved themselves.
   */
  List<String> of(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null || revision.getWiring() != null) {
      return List.of();
    }
    List<String> missing = new ArrayList<>();
    List<String> waiting = new ArrayList<>();
    for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
      if (isOptional(requirement)) {
        continue;
      }
      List<BundleCapability> offers = offers(requirement.getNamespace());
      List<BundleCapability> fitting =
          offers.stream().filter(offer -> matches(filter(requirement), offer)).toList();
      if (fitting.isEmpty()) {
        missing.add(sentence(requirement, offers));
      } else if (fitting.stream().allMatch(offer -> offer.getRevision().getWiring() == null)) {
        fitting.stream()
            .map(BundleCapability::getRevision)
            .filter(offer -> offer != revision)
            .map(BundleRevision::getSymbolicName)
            .map(name -> "needs the bundle " + name + ", which cannot be resolved itself")
            .findFirst()
            .ifPresent(waiting::add);
      }
    }
    return (missing.isEmpty() ? waiting : missing).stream().distinct().toList();
  }

  /** Dynamic imports are looked for only when a class is. */
  private static boolean isOptional(BundleRequirement requirement) {
    String resolution = requirement.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE);
    String effective = requirement.getDirectives().get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE);
    return Namespace.RESOLUTION_OPTIONAL.equals(resolution)
        || PackageNamespace.RESOLUTION_DYNAMIC.equals(resolution)
        || (effective != null && !Namespace.EFFECTIVE_RESOLVE.equals(effective));
  }

  private List<BundleCapability> offers(String namespace) {
    return Arrays.stream(context.getBundles())
        .map(bundle -> bundle.adapt(BundleRevision.class))
        .filter(Objects::nonNull)
        .flatMap(revision -> revision.getDeclaredCapabilities(namespace).stream())
        .toList();
  }

  private static String filter(BundleRequirement requirement) {
    return requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
  }

  private static boolean matches(String filter, BundleCapability capability) {
    try {
      return filter.isEmpty()
          || FrameworkUtil.createFilter(filter).matches(capability.getAttributes());
    } catch (InvalidSyntaxException e) {
      return false;
    }
  }

  private static String sentence(BundleRequirement requirement, List<BundleCapability> offers) {
    String namespace = requirement.getNamespace();
    String filter = filter(requirement);
    Optional<String> name = find("\\(" + Pattern.quote(namespace) + "=([^)]+)\\)", filter);
    String versions = versions(filter);
    if (name.isPresent()) {
      List<String> others =
          offers.stream()
              .filter(offer -> name.get().equals(offer.getAttributes().get(namespace)))
              .map(offer -> offer.getAttributes().get("version"))
              .filter(Objects::nonNull)
              .map(Object::toString)
              .distinct()
              .sorted()
              .toList();
      Function<String, String> butOnly =
          verb ->
              others.isEmpty()
                  ? ", which no bundle " + verb
                  : versions + ", but there is only " + String.join(", ", others);
      switch (namespace) {
        case BundleRevision.PACKAGE_NAMESPACE:
          return "imports the package " + name.get() + butOnly.apply("exports");
        case BundleRevision.BUNDLE_NAMESPACE, BundleRevision.HOST_NAMESPACE:
          return others.isEmpty()
              ? "requires the bundle " + name.get() + ", which is not there"
              : "requires the bundle " + name.get() + butOnly.apply("");
        case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE:
          return "needs " + name.get() + versions + "; this is Java " + Runtime.version().feature();
        case "org.bootstrapvz.plugin":
          return "needs the plugin " + name.get() + ", which is not installed";
        case "org.bootstrapvz.provider":
          return "needs the provider " + name.get() + ", which is not installed";
        default:
          break;
      }
    }
    return "requires " + namespace + " " + filter + ", which no bundle provides";
  }

  private static String versions(String filter) {
    Optional<String> least = find(AT_LEAST.pattern(), filter.replaceAll(BELOW.pattern(), ""));
    Optional<String> below = find(BELOW.pattern(), filter);
    return least.map(version -> " in version " + version + " or later").orElse("")
        + below.map(version -> " but before " + version).orElse("");
  }

  private static Optional<String> find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
