/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Adds the sources of {@code packages.sources}. */
@Component
@TaskDefinition(
    description = "Adding sources from the manifest",
    phase = Phase.PREPARATION,
    requires = Mirrors.class,
    provides = Source.class)
public final class AddManifestSources implements Task {
  @Override
  public void run(Build build) throws BuildException {
    Mirrors mirrors = build.require(Mirrors.class);
    for (var list : build.manifest().at("packages.sources").entries().entrySet()) {
      String name = mirrors.expand(build.manifest(), list.getKey());
      for (ManifestValue line : list.getValue().items()) {
        try {
          Source source = Source.parse(name, mirrors.expand(build.manifest(), line.text()));
          KnownCredentials.check(build, source.uri());
          build.provide(
              Source.class,
              MirrorSetting.complete(
                  build.manifest(), TrustedKeys.inImage(build.manifest(), source)));
        } catch (IllegalArgumentException e) {
          throw new BuildException(line.location() + ": " + line.path() + ": " + e.getMessage(), e);
        }
      }
    }
  }
}
