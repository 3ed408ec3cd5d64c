/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.resolution.internal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.resource.Capability;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;

/**
 * A requirement that no capability satisfies.
 *
 * @param available all capabilities of the requirement's namespace
 */
public record UnsatisfiedRequirement(
    Requirement requirement, List<? extends Capability> available) {
  private static final String VERSION = "(?:bundle-)?version";
  private static final Pattern EXACTLY = Pattern.compile("\\(" + VERSION + "=([^)]+)\\)");
  private static final Pattern AT_LEAST = Pattern.compile("(?<!!)\\(" + VERSION + ">=([^)]+)\\)");
  private static final Pattern BELOW = Pattern.compile("\\(!\\(" + VERSION + ">=([^)]+)\\)\\)");

  /**
   * The requirement as the end of a sentence: {@code imports the package org.example in version 2.0
   * or later, but there is only 1.2.0}.
   */
  public String description() {
    return description(absence());
  }

  /**
   * The requirement as the end of a sentence.
   *
   * @param absence what to say of something of which there is no version, as a relative clause
   */
  public String description(String absence) {
    String filter = filter();
    Optional<String> name =
        find(Pattern.compile("\\(" + Pattern.quote(namespace()) + "=([^)]+)\\)"), filter);
    if (name.isEmpty()) {
      return verb() + filter + ", " + absence;
    }
    String needed = verb() + name.get() + versions(filter);
    if (namespace().equals(ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE)) {
      return needed + "; this is Java " + Runtime.version().feature();
    }
    List<String> others = availableVersions(name.get());
    return others.isEmpty()
        ? verb() + name.get() + ", " + absence
        : needed + ", but there is only " + String.join(", ", others);
  }

  private String namespace() {
    return requirement.getNamespace();
  }

  private String filter() {
    return requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
  }

  private String verb() {
    return switch (namespace()) {
      case PackageNamespace.PACKAGE_NAMESPACE -> "imports the package ";
      case BundleNamespace.BUNDLE_NAMESPACE, HostNamespace.HOST_NAMESPACE -> "requires the bundle ";
      case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE -> "requires ";
      case "org.bootstrapvz.plugin" -> "requires the plugin ";
      case "org.bootstrapvz.provider" -> "requires the provider ";
      default -> "requires the capability " + namespace() + " ";
    };
  }

  private String absence() {
    return switch (namespace()) {
      case PackageNamespace.PACKAGE_NAMESPACE -> "which no bundle exports";
      case BundleNamespace.BUNDLE_NAMESPACE,
          HostNamespace.HOST_NAMESPACE,
          "org.bootstrapvz.plugin",
          "org.bootstrapvz.provider" ->
          "which is not installed";
      default -> "which no bundle provides";
    };
  }

  private List<String> availableVersions(String name) {
    return available.stream()
        .map(Capability::getAttributes)
        .filter(attributes -> name.equals(attributes.get(namespace())))
        .map(attributes -> attributes.getOrDefault("version", attributes.get("bundle-version")))
        .filter(Objects::nonNull)
        .map(Object::toString)
        .distinct()
        .sorted()
        .toList();
  }

  private static String versions(String filter) {
    return find(EXACTLY, filter).map(version -> " in version " + version).orElse("")
        + find(AT_LEAST, filter).map(version -> " in version " + version + " or later").orElse("")
        + find(BELOW, filter).map(version -> " but before " + version).orElse("");
  }

  private static Optional<String> find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
