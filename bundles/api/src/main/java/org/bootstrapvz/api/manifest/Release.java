/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.manifest;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A release of Debian. Ordered by version.
 *
 * @param name as the manifest writes it: a code name, or an alias such as {@code stable}
 * @param codename the code name: {@code trixie}
 * @param version the major version; a release that has none yet has its expected one, sid has
 *     {@link #SID}, and a release that is not known has {@link #UNKNOWN}
 * @param securitySuite suite of its security archive: {@code trixie-security}, {@code
 *     buster/updates}; empty for testing and unstable releases
 * @param updatesSuite suite of its updates: {@code trixie-updates}; empty for sid
 * @param endOfLife the day when its last free support (LTS) ends, if known
 * @param archived whether it was moved from the mirrors to the archive
 */
public record Release(
    String name,
    String codename,
    int version,
    Optional<String> securitySuite,
    Optional<String> updatesSuite,
    Optional<LocalDate> endOfLife,
    boolean archived)
    implements Comparable<Release> {
  /** The version of sid, greater than that of any release. */
  public static final int SID = 9999;

  /** The version of a release that is not known: greater than that of any known one except sid. */
  public static final int UNKNOWN = 9998;

  /**
   * Returns a release of which only the name is known. Whether there is one, and what it has, is
   * read from a mirror.
   */
  public static Release unknown(String name) {
    return new Release(
        name, name, UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty(), false);
  }

  /** Returns whether this is the release with that major version or a later one. */
  public boolean atLeast(int major) {
    return version >= major;
  }

  @Override
  public int compareTo(Release other) {
    return Integer.compare(version, other.version);
  }
}
