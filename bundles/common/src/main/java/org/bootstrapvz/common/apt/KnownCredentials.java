/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.util.Optional;
import org.bootstrapvz.api.packages.Credentials;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;

/**
 * The credentials in addresses that a build finds: those of the manifest are known as secrets from
 * the start, those of the host's configuration of apt and those of expanded variables are not.
 */
final class KnownCredentials {
  private KnownCredentials() {}

  static void check(Build build, Mirrors mirrors) throws BuildException {
    check(build, mirrors.debian());
    if (mirrors.security().isPresent()) {
      check(build, mirrors.security().get());
    }
  }

  /** Masks those of an address, and refuses what apt cannot use. */
  static void check(Build build, String address) throws BuildException {
    Optional<Credentials> found = Credentials.of(address);
    if (found.isEmpty()) {
      return;
    }
    found.get().secrets().stream()
        .filter(secret -> !build.manifest().secrets().contains(secret))
        .forEach(build::mask);
    Optional<String> problem = found.get().problem();
    if (problem.isPresent()) {
      throw new BuildException(
          found.get().address()
              + ": "
              + problem.get()
              + ". Use a user name and password without white space");
    }
  }
}
