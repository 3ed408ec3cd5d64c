/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.salt;

import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.packages.Preference;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Adds the package of the minion, and pins its version. */
@Component
@TaskDefinition(
    description = "Adding the package of the Salt minion",
    phase = Phase.PREPARATION,
    provides = {PackageRequest.class, Preference.class})
public final class AddSaltPackage implements Task {
  /** Also while a newer version is installed. */
  private static final int PRIORITY = 1001;

  @Override
  public void run(Build build) {
    build.provide(PackageRequest.class, PackageRequest.of(SaltPlugin.PACKAGE));
    String version = SaltPlugin.version(build.manifest());
    if (!version.isEmpty()) {
      build.provide(
          Preference.class, new Preference("salt", "salt-*", "version " + version + "*", PRIORITY));
    }
  }
}
