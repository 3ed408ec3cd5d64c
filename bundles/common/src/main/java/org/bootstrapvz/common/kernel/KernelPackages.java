/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

import java.util.Map;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;

/** The names of Debian's kernel packages. */
public final class KernelPackages {
  private static final Map<String, String> FLAVOURS =
      Map.of("amd64", "amd64", "arm64", "arm64", "i386", "686-pae");

  private KernelPackages() {}

  /**
   * The kernel itself, {@code linux-image-amd64}; with its architecture if that is not the one of
   * the programs.
   */
  public static String image(Manifest manifest) {
    return name("linux-image-", manifest);
  }

  /** What modules are compiled against: {@code linux-headers-amd64}. */
  public static String headers(Manifest manifest) {
    return name("linux-headers-", manifest);
  }

  private static String name(String prefix, Manifest manifest) {
    String architecture = manifest.architecture();
    String flavour = FLAVOURS.get(architecture);
    if (architecture.equals("i386") && manifest.release().version() == 7) {
      flavour = "686";
    }
    boolean foreign =
        !manifest.at("system.userspace_architecture").text(architecture).equals(architecture);
    return prefix + flavour + (foreign ? ":" + architecture : "");
  }

  /** Reports an architecture that Debian has no kernel for. */
  public static void check(Manifest manifest, Problems problems) {
    ManifestValue architecture = manifest.at("system.architecture");
    if (architecture.text().equals("i386") && manifest.release().atLeast(13)) {
      problems.error(
          architecture,
          "Debian has no i386 kernel from trixie on",
          "Set system.architecture to amd64 and system.userspace_architecture to i386");
    }
    ManifestValue userspace = manifest.at("system.userspace_architecture");
    if (userspace.exists() && architecture.text().equals("arm64")) {
      problems.error(
          userspace,
          "A kernel for arm64 does not run programs for " + userspace.text(),
          "Leave system.userspace_architecture out");
    }
  }
}
