/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.build;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What to build and how.
 *
 * @param manifest the manifest's file
 * @param dryRun go through the plan without running a task; touches nothing and needs no privilege
 * @param installMissing install missing host packages instead of failing
 * @param workspace the folder for the image, absolute; empty for {@code bootstrapper.workspace} of
 *     the manifest
 */
public record BuildRequest(
    Path manifest, boolean dryRun, boolean installMissing, Optional<Path> workspace) {
  /** A build whose image goes where the manifest says. */
  public BuildRequest(Path manifest, boolean dryRun, boolean installMissing) {
    this(manifest, dryRun, installMissing, Optional.empty());
  }

  /** A plain build of a manifest. */
  public static BuildRequest of(Path manifest) {
    return new BuildRequest(manifest, false, false);
  }
}
