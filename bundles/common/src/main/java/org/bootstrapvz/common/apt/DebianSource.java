/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.packages.Source;

/** The common properties of all sources of the Debian archive. */
final class DebianSource {
  /** Part of the base system. With it, a source does not accept other keys for Debian. */
  static final String KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

  private DebianSource() {}

  /** The components of Debian that the manifest requests. */
  static List<String> components(Manifest manifest, Mirrors mirrors) {
    List<String> components = manifest.at("packages.components").texts();
    return components.isEmpty()
        ? List.of("main")
        : components.stream().map(component -> mirrors.expand(manifest, component)).toList();
  }

  /** The source with the options that an image needs, and those of its mirror. */
  static Source complete(Manifest manifest, Source source, MirrorSetting mirror) {
    Source dated = dated(manifest, source);
    return mirror.applyTo(
        manifest,
        manifest.release().atLeast(12)
            ? dated.with("signed-by", String.join(",", keyrings(manifest)))
            : dated);
  }

  /**
   * The archive of a release that has ended is no longer updated, so its Valid-Until date has
   * passed.
   */
  static Source dated(Manifest manifest, Source source) {
    return manifest.release().archived() ? source.with("check-valid-until", "no") : source;
  }

  /**
   * If the base system was verified with other keys than Debian's, the archive is signed with those
   * keys.
   */
  private static List<String> keyrings(Manifest manifest) {
    List<String> keyrings = new ArrayList<>(List.of(KEYRING));
    if (manifest.at("bootstrapper.keyring").exists()) {
      keyrings.addAll(TrustedKeys.paths(manifest));
    }
    return keyrings;
  }
}
