/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import org.bootstrapvz.api.repository.RepositoryException;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * A bundle to install, as requested by the user.
 *
 * @param text the version range as it was written; empty for any version
 */
record InstallRequest(String name, VersionRange versions, String text) {
  static InstallRequest of(String words) throws RepositoryException {
    int at = words.indexOf('@');
    String name = at < 0 ? words : words.substring(0, at);
    String text = at < 0 ? "" : words.substring(at + 1);
    try {
      if (!text.isEmpty() && text.matches("[\\[(].*")) {
        return new InstallRequest(name, new VersionRange(text), text);
      }
      Version version = Version.parseVersion(text);
      return new InstallRequest(
          name,
          text.isEmpty()
              ? new VersionRange("0")
              : new VersionRange(
                  VersionRange.LEFT_CLOSED, version, version, VersionRange.RIGHT_CLOSED),
          text);
    } catch (IllegalArgumentException e) {
      throw new RepositoryException(
          "\""
              + text
              + "\" is not a version; write one such as 1.2.0, or a range such as '[1.2,2)'");
    }
  }
}
