/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.pip3_install;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Adds pip, and the compilers for packages that are not precompiled. */
@Component
@TaskDefinition(
    description = "Adding the packages of pip",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddPip3Package implements Task {
  @Override
  public void run(Build build) {
    ManifestValue settings = build.manifest().at(Pip3InstallPlugin.SETTINGS);
    List<String> names = new ArrayList<>(List.of("python3-pip"));
    if (settings.get("build_tools").isTrue(true)) {
      names.addAll(List.of("build-essential", "python3-dev"));
    }
    if (settings.get("virtualenv").exists()) {
      names.add("python3-venv");
    }
    for (String name : names) {
      build.provide(PackageRequest.class, PackageRequest.of(name));
    }
  }
}
