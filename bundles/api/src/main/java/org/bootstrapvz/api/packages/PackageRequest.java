/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.packages;

import java.util.Optional;

/**
 * A package to install from a source. A task provides one value a package.
 *
 * @param name its name
 * @param target the release to take it from ({@code trixie-backports}); empty for what apt prefers
 */
public record PackageRequest(String name, Optional<String> target) {
  /** The package from where apt prefers. */
  public static PackageRequest of(String name) {
    return new PackageRequest(name, Optional.empty());
  }

  /**
   * Reads {@code name} or {@code name/target}.
   *
   * @throws IllegalArgumentException if the text is of another form
   */
  public static PackageRequest parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length > 2 || parts[0].isEmpty() || parts.length == 2 && parts[1].isEmpty()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no package: write its name, or name/release");
    }
    return new PackageRequest(
        parts[0], parts.length == 2 ? Optional.of(parts[1]) : Optional.empty());
  }

  /** As apt-get takes it: {@code name} or {@code name/target}. */
  @Override
  public String toString() {
    return name + target.map(release -> "/" + release).orElse("");
  }
}
