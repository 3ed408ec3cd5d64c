/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.util.List;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.Release;

/** The location of the keys in the image that the manifest trusts. */
final class TrustedKeys {
  private TrustedKeys() {}

  /**
   * From trixie on, a source names the keys it is verified with; before, each key is valid for all
   * sources.
   */
  static boolean namedBySources(Release release) {
    return release.atLeast(13);
  }

  private static String folder(Release release) {
    return namedBySources(release) ? "/etc/apt/keyrings/" : "/etc/apt/trusted.gpg.d/";
  }

  /** The path of a key in the image. */
  static String path(Manifest manifest, String key) {
    return folder(manifest.release()) + manifest.resolve(key).getFileName();
  }

  /** The paths of all keys in the image. */
  static List<String> paths(Manifest manifest) {
    return manifest.at("packages.trusted-keys").texts().stream()
        .map(key -> path(manifest, key))
        .toList();
  }
}
