/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.repository.SignerCheck;

/** Trusts these certificates, and no issuers. */
record TestSigners(SignerCheck.Indexes indexes, List<X509Certificate> trusted)
    implements SignerCheck {
  @Override
  public Optional<String> distrust(List<X509Certificate> path) {
    return trusted.contains(path.get(0)) ? Optional.empty() : Optional.of("which is not trusted");
  }
}
