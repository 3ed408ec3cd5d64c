/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.packages;

import java.util.Set;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Adds systemd-timesyncd, as Debian's own images for clouds have it: the clock of a virtual machine
 * is wrong after each pause.
 */
@Component
@TaskDefinition(
    description = "Adding time synchronization",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddTimeSynchronization implements Task {
  private static final int BULLSEYE = 11;

  /** Packages that provide time-daemon, with which that of systemd conflicts. */
  private static final Set<String> OTHERS =
      Set.of("chrony", "ntp", "ntpsec", "ntpd-rs", "openntpd", "linuxptp");

  /** Whether the manifest wants it: by default, unless it installs another program for it. */
  public static boolean isWanted(Manifest manifest) {
    return manifest.at("system.time_synchronization").isTrue(true)
        && manifest.at("packages.install").texts().stream()
            .map(name -> name.replaceFirst("/.*", ""))
            .noneMatch(OTHERS::contains);
  }

  @Override
  public void run(Build build) {
    request(build);
  }

  /** Requests the package, on behalf of a task that provides {@link PackageRequest}. */
  public static void request(Build build) {
    // Before bullseye it was part of systemd itself.
    boolean own = build.manifest().release().atLeast(BULLSEYE);
    build.provide(PackageRequest.class, PackageRequest.of(own ? "systemd-timesyncd" : "systemd"));
  }
}
