/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.init;

import java.nio.file.Path;

/** How the user of a new image logs in. */
sealed interface Login {
  /**
   * With an SSH key.
   *
   * @param key the absolute path of the file with the public key
   */
  record Key(String user, Path key) implements Login {}

  /** With a password, which is a secret variable of the manifest. */
  record Password(String user) implements Login {}

  /** As root of a container, which whoever starts it is. */
  record Container() implements Login {}
}
