/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.manifest;

import java.nio.file.Path;
import org.bootstrapvz.api.problem.Located;
import org.bootstrapvz.api.problem.Location;

/**
 * A file or directory of the host that a manifest names and that the build reads. A build on
 * another machine needs a copy of it.
 *
 * @param file its absolute path on the host
 * @param path the path of the value in the manifest that names it: {@code packages.trusted-keys.0}
 * @param location where the value is in the manifest
 */
public record HostFile(Path file, String path, Location location) implements Located {
  /** Returns the file that a value of a manifest names, see {@link Manifest#resolve}. */
  public static HostFile of(Manifest manifest, ManifestValue value) {
    return new HostFile(manifest.resolve(value.text()), value.path(), value.location());
  }
}
