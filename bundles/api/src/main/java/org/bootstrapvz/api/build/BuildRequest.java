/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.build;

import java.nio.file.Path;

/**
 * What to build and how.
 *
 * @param manifest the manifest's file
 * @param dryRun go through the plan without running a task; touches nothing and needs no privilege
 * @param installMissing install missing host packages instead of failing
 */
public record BuildRequest(Path manifest, boolean dryRun, boolean installMissing) {
  /** A plain build of a manifest. */
  public static BuildRequest of(Path manifest) {
    return new BuildRequest(manifest, false, false);
  }
}
