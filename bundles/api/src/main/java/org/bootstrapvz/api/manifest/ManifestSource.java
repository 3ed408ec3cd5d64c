/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.manifest;

import java.nio.file.Path;

/**
 * Where a manifest is read from.
 *
 * @param file the file, as the user named it
 * @param selfContained whether the file must contain the whole manifest, as one that another user
 *     submitted: an include is an error, and no other file is read
 */
public record ManifestSource(Path file, boolean selfContained) {
  /** Returns the manifest of a file, which may include other files of this host. */
  public static ManifestSource of(Path file) {
    return new ManifestSource(file, false);
  }

  /** Returns a manifest that must be complete without any other file. */
  public static ManifestSource selfContained(Path file) {
    return new ManifestSource(file, true);
  }
}
