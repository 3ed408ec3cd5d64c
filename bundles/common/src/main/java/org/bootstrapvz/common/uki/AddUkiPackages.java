/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.uki;

import java.util.List;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Adds the packages that create a unified kernel image. */
@Component
@TaskDefinition(
    description = "Adding the packages for the unified kernel image",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddUkiPackages implements Task {
  private static final int BOOKWORM = 12;
  private static final int TRIXIE = 13;

  @Override
  public void run(Build build) {
    boolean separate = build.manifest().release().atLeast(BOOKWORM);
    boolean ukify = build.manifest().release().atLeast(TRIXIE);
    for (String name :
        List.of(separate ? "systemd-boot-efi" : "systemd", ukify ? "systemd-ukify" : "binutils")) {
      build.provide(PackageRequest.class, PackageRequest.of(name));
    }
  }
}
