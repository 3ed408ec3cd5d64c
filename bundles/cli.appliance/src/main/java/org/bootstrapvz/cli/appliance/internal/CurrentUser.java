/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/** The user who runs the command. */
final class CurrentUser {
  private CurrentUser() {}

  /** Whether a user is root or the one who runs the command, compared by the user id. */
  static boolean isTrusted(UserPrincipal user) throws IOException {
    return user.equals(Files.getOwner(Path.of("/proc/self")))
        || user.equals(
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("0"));
  }
}
