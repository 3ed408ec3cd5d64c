/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.packages.Source;

/** What all sources of the Debian archive have in common. */
final class DebianSource {
  /** Part of the base system; naming it keeps other keys from vouching for Debian. */
  static final String KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

  private DebianSource() {}

  /** The components the manifest wants of Debian. */
  static List<String> components(Manifest manifest, Mirrors mirrors) {
    List<String> components = manifest.at("packages.components").texts();
    return components.isEmpty()
        ? List.of("main")
        : components.stream().map(component -> mirrors.expand(manifest, component)).toList();
  }

  /** With the options an image needs. */
  static Source complete(Manifest manifest, Source source) {
    Source dated = dated(manifest, source);
    return manifest.release().atLeast(12)
        ? dated.with("signed-by", String.join(",", keyrings(manifest)))
        : dated;
  }

  /** The archive of a release that has ended is no longer signed again, so its date has passed. */
  static Source dated(Manifest manifest, Source source) {
    return manifest.release().archived() ? source.with("check-valid-until", "no") : source;
  }

  /**
   * A base system that was checked with other keys than Debian's comes from an archive signed with
   * those.
   */
  private static List<String> keyrings(Manifest manifest) {
    List<String> keyrings = new ArrayList<>(List.of(KEYRING));
    if (manifest.at("bootstrapper.keyring").exists()) {
      keyrings.addAll(TrustedKeys.paths(manifest));
    }
    return keyrings;
  }
}
