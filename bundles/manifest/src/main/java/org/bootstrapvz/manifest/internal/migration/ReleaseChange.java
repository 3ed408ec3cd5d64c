/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import java.util.regex.Pattern;
import org.bootstrapvz.api.manifest.Release;

/**
 * The change of release of a migration.
 *
 * @param old the release of the manifest
 * @param current the release to migrate to; the same if the manifest's is not older
 */
record ReleaseChange(Release old, Release current) {
  static final int BUSTER = 10;
  static final int BULLSEYE = 11;
  static final int BOOKWORM = 12;
  static final int TRIXIE = 13;

  boolean isNone() {
    return old.name().equals(current.name());
  }

  /** The security suite of the current release; since bullseye {@code RELEASE-security}. */
  String securitySuite() {
    return current.securitySuite().orElse(current.codename());
  }

  /** Replaces the suites of the old release in a text by those of the current one. */
  String suites(String line) {
    if (isNone()) {
      return line;
    }
    String result = line;
    if (old.version() < BULLSEYE && current.securitySuite().isPresent()) {
      result = result.replace("{system.release}/updates", "{system.release}-security");
      result = word(old.codename() + "/updates").matcher(result).replaceAll(securitySuite());
      result = word(old.name() + "/updates").matcher(result).replaceAll(securitySuite());
    }
    result = word(old.codename()).matcher(result).replaceAll(current.codename());
    return old.name().equals(old.codename())
        ? result
        : word(old.name()).matcher(result).replaceAll(current.name());
  }

  /** Whether a text names a suite of the old release. */
  boolean namesOld(String text) {
    return !isNone()
        && (word(old.codename()).matcher(text).find() || word(old.name()).matcher(text).find());
  }

  private static Pattern word(String word) {
    return Pattern.compile("(?<![\\w.])" + Pattern.quote(word) + "(?![\\w])");
  }
}
