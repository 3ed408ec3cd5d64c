/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.manifest;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A release of Debian. Ordered by version.
 *
 * @param name as the manifest writes it: a code name, or an alias such as {@code stable}
 * @param codename the code name: {@code trixie}
 * @param version the major version; releases that have none yet have the one they are expected to
 *     get, sid has {@link #SID}
 * @param securitySuite suite of its security archive: {@code trixie-security}, {@code
 *     buster/updates}; none for testing and unstable releases
 * @param updatesSuite suite of its point updates: {@code trixie-updates}; none for sid
 * @param endOfLife the day its last free support (LTS) ends or ended, where it is known
 * @param archived whether it was moved off the mirrors
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
  /** Version of sid, greater than that of any release. */
  public static final int SID = 9999;

  /** Whether this is the release with that major version or a later one. */
  public boolean atLeast(int major) {
    return version >= major;
  }

  @Override
  public int compareTo(Release other) {
    return Integer.compare(version, other.version);
  }
}
