/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.util.List;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.Release;

/** Where the image keeps the keys that the manifest trusts. */
final class TrustedKeys {
  private TrustedKeys() {}

  /**
   * From trixie on keys are named by the sources they vouch for; before, each vouches for all
   * sources.
   */
  static boolean namedBySources(Release release) {
    return release.atLeast(13);
  }

  private static String folder(Release release) {
    return namedBySources(release) ? "/etc/apt/keyrings/" : "/etc/apt/trusted.gpg.d/";
  }

  /** The place of a key in the image. */
  static String path(Manifest manifest, String key) {
    return folder(manifest.release()) + manifest.resolve(key).getFileName();
  }

  /** The places of all keys in the image. */
  static List<String> paths(Manifest manifest) {
    return manifest.at("packages.trusted-keys").texts().stream()
        .map(key -> path(manifest, key))
        .toList();
  }
}
