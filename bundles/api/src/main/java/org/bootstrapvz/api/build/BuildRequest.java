/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.build;

import java.nio.file.Path;
import java.util.Optional;
import org.bootstrapvz.api.manifest.ManifestSource;

/**
 * A request to build an image.
 *
 * @param manifest where the manifest is read from
 * @param dryRun report the tasks of the plan without running them; changes nothing and needs no
 *     privileges
 * @param installMissing install missing host packages instead of failing
 * @param workspace the absolute directory for the image; empty for {@code bootstrapper.workspace}
 *     of the manifest
 */
public record BuildRequest(
    ManifestSource manifest, boolean dryRun, boolean installMissing, Optional<Path> workspace) {
  /** Creates a request for a build of a file in the workspace that the manifest names. */
  public BuildRequest(Path manifest, boolean dryRun, boolean installMissing) {
    this(ManifestSource.of(manifest), dryRun, installMissing);
  }

  /** Creates a request for a build in the workspace that the manifest names. */
  public BuildRequest(ManifestSource manifest, boolean dryRun, boolean installMissing) {
    this(manifest, dryRun, installMissing, Optional.empty());
  }

  /** Creates a request with the defaults. */
  public static BuildRequest of(Path manifest) {
    return new BuildRequest(ManifestSource.of(manifest), false, false);
  }
}
