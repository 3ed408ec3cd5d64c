/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.pip_install;

import org.bootstrapvz.api.manifest.Release;

/** The Python that pip of a release installs for. */
enum Python {
  /** Python 2, as in the original. */
  TWO,
  /** Python 3, whose pip changes the system. */
  THREE,
  /** Python 3, whose pip changes virtual environments only (PEP 668). */
  THREE_PROTECTED;

  private static final int BULLSEYE = 11;
  private static final int BOOKWORM = 12;

  static Python of(Release release) {
    if (release.atLeast(BOOKWORM)) {
      return THREE_PROTECTED;
    }
    return release.atLeast(BULLSEYE) ? THREE : TWO;
  }
}
