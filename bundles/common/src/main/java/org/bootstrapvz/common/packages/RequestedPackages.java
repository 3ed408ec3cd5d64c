/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.packages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;

/** The packages that the tasks of a build requested, without duplicates and conflicts. */
final class RequestedPackages {
  private RequestedPackages() {}

  /**
   * Returns each package once.
   *
   * @throws BuildException if two tasks request a package from different releases, or if no source
   *     provides the release
   */
  static List<PackageRequest> of(Build build) throws BuildException {
    String release = build.manifest().release().name();
    Map<String, PackageRequest> byName = new LinkedHashMap<>();
    for (PackageRequest request : build.all(PackageRequest.class)) {
      Optional<String> target = request.target();
      if (target.isPresent()
          && !target.get().equals(release)
          && !target.get().equals(build.manifest().release().codename())
          && build.all(Source.class).stream()
              .noneMatch(source -> source.suite().equals(target.get()))) {
        throw new BuildException(
            "The package "
                + request.name()
                + " is requested from "
                + target.get()
                + ", but no source provides it"
                + where(build.manifest(), request.name())
                + ". Add one to packages.sources");
      }
      PackageRequest other = byName.putIfAbsent(request.name(), request);
      if (other == null || other.equals(request)) {
        continue;
      }
      String first = other.target().orElse(release);
      String second = target.orElse(release);
      if (!first.equals(second) && other.target().isPresent() && target.isPresent()) {
        throw new BuildException(
            "The package "
                + request.name()
                + " is requested from "
                + first
                + " and from "
                + second);
      }
      if (target.isPresent()) {
        byName.put(request.name(), request);
      }
    }
    return List.copyOf(byName.values());
  }

  /**
   * The place of the package in the manifest, in parentheses; empty if it is not in the manifest.
   */
  static String where(Manifest manifest, String name) {
    for (ManifestValue item : manifest.at("packages.install").items()) {
      if (item.text().equals(name) || item.text().startsWith(name + "/")) {
        return " (" + item.location() + ", " + item.path() + ")";
      }
    }
    return "";
  }
}
