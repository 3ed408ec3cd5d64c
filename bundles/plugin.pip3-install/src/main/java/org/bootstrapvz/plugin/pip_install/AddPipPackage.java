/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.pip_install;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Adds pip, and the compilers for packages that are not precompiled. */
@Component
@TaskDefinition(
    description = "Adding the packages of pip for the release",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class AddPipPackage implements Task {
  @Override
  public void run(Build build) {
    Python python = Python.of(build.manifest().release());
    String prefix = python == Python.TWO ? "python-" : "python3-";
    List<String> names = new ArrayList<>(List.of(prefix + "pip"));
    if (build.manifest().at(PipInstallPlugin.SETTINGS).get("build_tools").isTrue(true)) {
      names.addAll(List.of("build-essential", prefix + "dev"));
    }
    if (python == Python.THREE_PROTECTED) {
      names.add(prefix + "venv");
    }
    for (String name : names) {
      build.provide(PackageRequest.class, PackageRequest.of(name));
    }
  }
}
