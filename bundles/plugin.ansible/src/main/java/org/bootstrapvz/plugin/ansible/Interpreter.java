/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.ansible;

import org.bootstrapvz.api.manifest.Release;

/** The Python of a release that runs the modules of Ansible. */
final class Interpreter {
  /** The first release whose Python 3 Ansible supports. */
  private static final int STRETCH = 9;

  private Interpreter() {}

  /** Returns the name of its package, which is also that of the program in {@code /usr/bin}. */
  static String of(Release release) {
    return release.atLeast(STRETCH) ? "python3" : "python";
  }
}
