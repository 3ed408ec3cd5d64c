/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.packages;

import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;

/** A package that Debian no longer has, so that the manifest names where it comes from. */
public final class ForeignPackage {
  private ForeignPackage() {}

  /**
   * Reports an error if a package can only come from Debian, which does not have it: the manifest
   * names neither another repository, nor a package file, nor a mirror of its own.
   *
   * @param where the settings that need the package
   * @param name its name
   * @param list the name for the list of sources in the remedy
   * @param firstWithout the first release of Debian without it
   */
  public static void check(
      Manifest manifest,
      Problems problems,
      ManifestValue where,
      String name,
      String list,
      int firstWithout) {
    if (!manifest.release().atLeast(firstWithout) || isNamed(manifest, name)) {
      return;
    }
    problems.error(
        where,
        "Debian has had no package " + name + " since its release " + firstWithout,
        "Name a repository that has it, with the address and the key of its vendor: packages:"
            + " {sources: {"
            + list
            + ": ['deb [signed-by="
            + list
            + ".asc] https://mirror.example.org/"
            + list
            + " stable main']}}");
  }

  private static boolean isNamed(Manifest manifest, String name) {
    boolean file =
        manifest.at("packages.install").items().stream()
            .map(ManifestValue::text)
            .anyMatch(text -> text.startsWith("/") && text.contains("/" + name + "_"));
    return file
        || !manifest.at("packages.sources").entries().isEmpty()
        || manifest.at("packages.mirror").exists();
  }
}
