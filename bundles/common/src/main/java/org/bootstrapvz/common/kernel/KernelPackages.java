/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;

/** The names of Debian's kernel packages. */
public final class KernelPackages {
  private static final Map<String, String> SUFFIXES =
      Map.of("amd64", "amd64", "arm64", "arm64", "i386", "686-pae", "riscv64", "riscv64");

  /** The architectures whose kernels run 32-bit programs for PCs. */
  private static final List<String> PC = List.of("amd64", "i386");

  /** The first releases with a cloud kernel: buster and bullseye. */
  private static final Map<String, Integer> CLOUD_KERNEL_SINCE = Map.of("amd64", 10, "arm64", 11);

  private KernelPackages() {}

  /**
   * The kernel in the flavour of the manifest: {@code linux-image-amd64}, {@code
   * linux-image-cloud-amd64}; with its architecture if that of the programs differs.
   */
  public static String image(Manifest manifest) {
    return image(manifest, KernelFlavour.of(manifest));
  }

  /** The kernel in a flavour that the caller specifies. */
  public static String image(Manifest manifest, KernelFlavour flavour) {
    return name("linux-image-", manifest, flavour);
  }

  /**
   * The headers for compiling modules for {@link #image(Manifest)}: {@code linux-headers-amd64}.
   */
  public static String headers(Manifest manifest) {
    return name("linux-headers-", manifest, KernelFlavour.of(manifest));
  }

  private static String name(String prefix, Manifest manifest, KernelFlavour flavour) {
    String architecture = manifest.architecture();
    String suffix = SUFFIXES.get(architecture);
    if (architecture.equals("i386") && manifest.release().version() == 7) {
      suffix = "686";
    }
    boolean foreign = !manifest.programArchitecture().text().equals(architecture);
    return prefix + flavour.prefix() + suffix + (foreign ? ":" + architecture : "");
  }

  /** Returns whether Debian has a kernel for clouds in the release and for the architecture. */
  public static boolean hasCloudKernel(Manifest manifest) {
    Integer since = CLOUD_KERNEL_SINCE.get(manifest.architecture());
    return since != null && manifest.release().atLeast(since);
  }

  /** Reports an architecture or a flavour for which Debian has no kernel. */
  public static void check(Manifest manifest, Problems problems) {
    ManifestValue architecture = manifest.at("system.architecture");
    if (architecture.text().equals("i386") && manifest.release().atLeast(13)) {
      problems.error(
          architecture,
          "Debian has no i386 kernel from trixie on",
          "Set system.architecture to amd64 and system.userspace_architecture to i386");
    }
    ManifestValue userspace = manifest.at("system.userspace_architecture");
    if (userspace.exists() && !PC.contains(architecture.text())) {
      problems.error(
          userspace,
          "A kernel for " + architecture.text() + " does not run programs for " + userspace.text(),
          "Remove system.userspace_architecture");
    }
    if (KernelFlavour.of(manifest) == KernelFlavour.RT && architecture.text().equals("riscv64")) {
      problems.error(
          manifest.at("system.kernel"), "Debian has no rt kernel for riscv64", "Use generic");
    }
    if (KernelFlavour.of(manifest) == KernelFlavour.CLOUD) {
      if (!hasCloudKernel(manifest)) {
        problems.error(
            manifest.at("system.kernel"),
            "Debian has no cloud kernel for "
                + architecture.text()
                + " in "
                + manifest.release().codename(),
            "Use generic; there are cloud kernels for amd64 from buster on and for arm64 from"
                + " bullseye on");
      }
    }
  }
}
