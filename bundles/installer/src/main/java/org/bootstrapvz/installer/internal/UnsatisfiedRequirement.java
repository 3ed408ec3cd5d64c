/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.resource.Capability;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;

/**
 * A requirement that nothing fulfils, in words.
 *
 * @param offers capabilities of its namespace
 */
record UnsatisfiedRequirement(Requirement requirement, List<Capability> offers) {
  private static final Pattern AT_LEAST =
      Pattern.compile("(?<!!)\\((?:bundle-)?version>=([^)]+)\\)");
  private static final Pattern BELOW = Pattern.compile("\\(!\\((?:bundle-)?version>=([^)]+)\\)\\)");

  /** As the end of a sentence. */
  String sentence() {
    String namespace = requirement.getNamespace();
    String filter =
        requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
    Optional<String> name =
        find(Pattern.compile("\\(" + Pattern.quote(namespace) + "=([^)]+)\\)"), filter);
    if (name.isEmpty()) {
      return "requires " + namespace + " " + filter + ", which no bundle provides";
    }
    String versions =
        find(AT_LEAST, filter).map(version -> " in version " + version + " or later").orElse("")
            + find(BELOW, filter).map(version -> " but before " + version).orElse("");
    if (namespace.equals(ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE)) {
      return "needs Java %s; this is Java %s"
          .formatted(
              find(Pattern.compile("\\(version=([^)]+)\\)"), filter).orElse(filter),
              Runtime.version().feature());
    }
    List<String> others =
        offers.stream()
            .map(Capability::getAttributes)
            .filter(offer -> name.get().equals(offer.get(namespace)))
            .map(offer -> offer.getOrDefault("version", offer.get("bundle-version")))
            .filter(Objects::nonNull)
            .map(Object::toString)
            .distinct()
            .sorted()
            .toList();
    return (namespace.equals(PackageNamespace.PACKAGE_NAMESPACE)
            ? "imports the package "
            : "requires " + what(namespace) + " ")
        + name.get()
        + versions
        + (others.isEmpty()
            ? ", which is neither installed nor in the index"
            : ", but there is only " + String.join(", ", others));
  }

  private static String what(String namespace) {
    return switch (namespace) {
      case "org.bootstrapvz.plugin" -> "the plugin";
      case "org.bootstrapvz.provider" -> "the provider";
      case "osgi.wiring.bundle" -> "the bundle";
      default -> namespace;
    };
  }

  private static Optional<String> find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
