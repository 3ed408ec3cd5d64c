/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.manifest;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.bootstrapvz.api.problem.Problems;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Rewrites manifests of earlier releases for the current stable release. A service; safe for use by
 * several threads.
 */
@ProviderType
public interface ManifestMigration {
  /**
   * Reads a manifest and rewrites it; writes no file. Comments and formatting stay as they are, and
   * a comment beside each change explains it.
   *
   * @param providers the installed providers; those of the original are known anyway
   * @param plugins the installed plugins; those of the original are known anyway
   * @param problems receives why it cannot be migrated
   * @return the migrated manifest; empty if there was an error
   */
  Optional<MigratedManifest> migrate(
      Path manifest, Set<String> providers, Set<String> plugins, Problems problems);
}
