/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.build;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A request to build an image.
 *
 * @param manifest the manifest's file
 * @param dryRun report the tasks of the plan without running them; changes nothing and needs no
 *     privileges
 * @param installMissing install missing host packages instead of failing
 * @param workspace the absolute directory for the image; empty for {@code bootstrapper.workspace}
 *     of the manifest
 */
public record BuildRequest(
    Path manifest, boolean dryRun, boolean installMissing, Optional<Path> workspace) {
  /** Creates a request for a build in the workspace that the manifest names. */
  public BuildRequest(Path manifest, boolean dryRun, boolean installMissing) {
    this(manifest, dryRun, installMissing, Optional.empty());
  }

  /** Creates a request with the defaults. */
  public static BuildRequest of(Path manifest) {
    return new BuildRequest(manifest, false, false);
  }
}
