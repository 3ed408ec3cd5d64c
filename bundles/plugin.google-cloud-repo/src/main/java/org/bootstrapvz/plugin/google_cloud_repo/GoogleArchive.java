/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.google_cloud_repo;

import java.util.List;
import org.bootstrapvz.api.manifest.Release;
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

  private static final int TRIXIE = 13;

  private GoogleArchive() {}

  /** Whether a key of apt is valid for all sources; later, a source names its keys. */
  static boolean isTrustedByAllSources(Release release) {
    return !release.atLeast(TRIXIE);
  }

  /** A suite of the archive, in the list of sources with the name of the original. */
  static Source suite(String suite) {
    return Source.deb("google-cloud", ADDRESS, suite, List.of("main")).with("signed-by", "/" + KEY);
  }
}
