/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.repository;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Knows the trusted signers. A service; safe for use by several threads. */
@ProviderType
public interface SignerCheck {
  /** What the configuration says about signed indexes. */
  enum Indexes {
    /** No signers are configured, so nothing can be verified. */
    UNVERIFIED,
    /** Signed indexes are verified; a repository that never had one may have none. */
    SIGNED_IF_PRESENT,
    /** Only signed indexes are used. */
    SIGNED
  }

  /**
   * Returns what the configuration says about signed indexes.
   *
   * @throws IOException if the configuration cannot be read or has errors
   */
  Indexes indexes() throws IOException;

  /**
   * Returns why a signer is not trusted, as the end of a sentence that starts with its name; empty
   * if it is trusted.
   *
   * @param path the certificate of the signer, then its chain
   * @throws IOException if the certificates of the trusted signers cannot be read
   */
  Optional<String> distrust(List<X509Certificate> path) throws IOException;
}
