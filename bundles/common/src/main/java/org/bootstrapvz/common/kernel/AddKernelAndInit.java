/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

import java.util.List;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Adds the kernel and the packages that a virtual machine needs to boot to a login. The variant
 * minbase has no init system.
 */
@Component
@TaskDefinition(
    description = "Adding the packages a virtual machine needs",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddKernelAndInit implements Task {
  /** Since then, these settings are in a package of their own. */
  private static final int TRIXIE = 13;

  @Override
  public void run(Build build) {
    request(build, KernelFlavour.of(build.manifest()));
  }

  /**
   * Requests the packages with a kernel of this flavour, on behalf of a task that provides {@link
   * PackageRequest}.
   */
  public static void request(Build build, KernelFlavour flavour) {
    String kernel = KernelPackages.image(build.manifest(), flavour);
    // With zstd, initramfs-tools uses its fastest compressor instead of falling back to gzip.
    for (String name : List.of(kernel, "init", "udev", "dbus", "zstd")) {
      build.provide(PackageRequest.class, PackageRequest.of(name));
    }
    // Recommended by systemd. Without them, a shutdown does not end sessions; users cannot ping,
    // and
    // links in /tmp are not protected.
    build.provide(PackageRequest.class, PackageRequest.of("libpam-systemd"));
    if (build.manifest().release().atLeast(TRIXIE)) {
      build.provide(PackageRequest.class, PackageRequest.of("linux-sysctl-defaults"));
    }
  }
}
