/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.packages;

import java.util.Optional;

/**
 * A package to install from a source. A task provides one value for each package.
 *
 * @param name its name
 * @param target the release to install it from ({@code trixie-backports}); empty for the default of
 *     apt
 */
public record PackageRequest(String name, Optional<String> target) {
  /** Returns the package, from the release that apt prefers. */
  public static PackageRequest of(String name) {
    return new PackageRequest(name, Optional.empty());
  }

  /**
   * Reads {@code name} or {@code name/target}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static PackageRequest parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length > 2 || parts[0].isEmpty() || parts.length == 2 && parts[1].isEmpty()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a package: write its name, or name/release");
    }
    return new PackageRequest(
        parts[0], parts.length == 2 ? Optional.of(parts[1]) : Optional.empty());
  }

  /** Returns the argument of apt-get: {@code name} or {@code name/target}. */
  @Override
  public String toString() {
    return name + target.map(release -> "/" + release).orElse("");
  }
}
