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
   * Reads a manifest and returns it rewritten; writes no file. Comments and formatting are kept,
   * and a comment next to each change explains it.
   *
   * @param providers the installed providers; those of the original bootstrap-vz are always known
   * @param plugins the installed plugins; those of the original bootstrap-vz are always known
   * @param problems receives the reasons why it cannot be migrated
   * @return the migrated manifest; empty if there was an error
   */
  Optional<MigratedManifest> migrate(
      Path manifest, Set<String> providers, Set<String> plugins, Problems problems);
}
