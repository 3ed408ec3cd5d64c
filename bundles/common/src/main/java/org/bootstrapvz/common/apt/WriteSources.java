/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import java.util.List;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Writes the source lists into the image. */
@Component
@TaskDefinition(
    description = "Writing the source lists",
    phase = Phase.PACKAGE_INSTALLATION,
    collectsAtLeastOne = Source.class)
public final class WriteSources implements Task {
  /** The user names and passwords of the sources; only root can read it. */
  public static final String CREDENTIALS = "etc/apt/auth.conf.d/sources.conf";

  @Override
  public void run(Build build) throws IOException {
    Release release = build.manifest().release();
    if (build.all(Source.class).stream()
        .noneMatch(
            source -> List.of(release.name(), release.codename()).contains(source.suite()))) {
      build.warn(
          "No source provides the release "
              + release.name()
              + " itself; the image will not find its own packages");
    }
    SourceFiles.write(build, build.all(Source.class));
  }
}
