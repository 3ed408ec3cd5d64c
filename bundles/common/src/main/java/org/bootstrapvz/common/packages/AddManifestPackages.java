/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.packages;

import java.nio.file.Path;
import org.bootstrapvz.api.build.Build;
import org.bootstrapvz.api.build.BuildException;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.packages.LocalPackage;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AddDefaultSources;
import org.bootstrapvz.common.apt.AddManifestSources;
import org.bootstrapvz.common.apt.Mirrors;
import org.osgi.service.component.annotations.Component;

/** Adds the packages of {@code packages.install}; absolute paths are .deb files of the host. */
@Component
@TaskDefinition(
    description = "Adding packages from the manifest",
    phase = Phase.PREPARATION,
    predecessors = {AddManifestSources.class, AddDefaultSources.class},
    requires = Mirrors.class,
    provides = {PackageRequest.class, LocalPackage.class})
public final class AddManifestPackages implements Task {
  @Override
  public void run(Build build) throws BuildException {
    Mirrors mirrors = build.require(Mirrors.class);
    for (ManifestValue item : build.manifest().at("packages.install").items()) {
      String text = mirrors.expand(build.manifest(), item.text());
      if (text.startsWith("/")) {
        build.provide(LocalPackage.class, new LocalPackage(Path.of(text)));
        continue;
      }
      try {
        build.provide(PackageRequest.class, PackageRequest.parse(text));
      } catch (IllegalArgumentException e) {
        throw new BuildException(item.location() + ": " + item.path() + ": " + e.getMessage(), e);
      }
    }
  }
}
