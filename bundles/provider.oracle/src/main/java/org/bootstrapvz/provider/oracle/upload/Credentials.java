/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import java.security.interfaces.RSAPrivateCrtKey;
import java.util.List;
import org.bootstrapvz.api.value.Secret;

/**
 * An API key of a user.
 *
 * @param tenancy the id of the tenancy
 * @param region the region of the configuration; empty if it has none
 * @param secrets of which the key was read
 */
record Credentials(
    Source source,
    String tenancy,
    String user,
    String fingerprint,
    String region,
    RSAPrivateCrtKey key,
    List<Secret> secrets) {
  /**
   * Where credentials were found. It is no secret: the journal has it.
   *
   * @param file the configuration file; empty if there is none
   * @param profile the profile in the file
   */
  record Source(String file, String profile) {
    @Override
    public String toString() {
      return file.isEmpty()
          ? "the environment variables OCI_CLI_*"
          : "profile " + profile + " in " + file;
    }
  }

  /** Returns the name of the key in signatures. */
  String keyId() {
    return tenancy + "/" + user + "/" + fingerprint;
  }

  @Override
  public String toString() {
    return "credentials from " + source;
  }
}
