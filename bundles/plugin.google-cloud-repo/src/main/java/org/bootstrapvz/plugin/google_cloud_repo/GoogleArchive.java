/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.google_cloud_repo;

import java.util.List;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.packages.Source;

/** The archive of Google's packages. */
final class GoogleArchive {
  static final String HOST = "packages.cloud.google.com";

  /** The key of the archive in the image, which its sources name. */
  static final String KEY = "etc/apt/keyrings/google-cloud.asc";

  /** The key again, for sources that name none. */
  static final String TRUSTED_KEYS = "etc/apt/trusted.gpg.d";

  static final String TRUSTED_KEY = TRUSTED_KEYS + "/google-cloud.asc";

  /** Not https: the base system cannot check certificates, and apt checks the signature. */
  private static final String ADDRESS = "http://" + HOST + "/apt";

  private GoogleArchive() {}

  /** The sources of this archive in the manifest that do not name their keys. */
  static List<ManifestValue> withoutKey(Manifest manifest) {
    return manifest.at("packages.sources").entries().values().stream()
        .flatMap(list -> list.items().stream())
        .filter(line -> line.text().contains(HOST) && !line.text().contains("signed-by="))
        .toList();
  }

  /** A suite of the archive, in the list of sources with the name of the original. */
  static Source suite(String suite) {
    return Source.deb("google-cloud", ADDRESS, suite, List.of("main")).with("signed-by", "/" + KEY);
  }
}
