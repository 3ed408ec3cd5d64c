/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bootstrapvz.api.value.PemCertificates;
import org.bootstrapvz.cli.FileProblem;

/** Makes TLS trust the CA certificates of a file, and no others. */
final class TrustedIssuers {
  private TrustedIssuers() {}

  static SSLContext read(Path file) throws ApplianceException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (Certificate each : PemCertificates.read(file)) {
        store.setCertificateEntry(Integer.toString(number++), each);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new ApplianceException("Cannot read the CA certificate: " + FileProblem.describe(e));
    } catch (GeneralSecurityException e) {
      throw new ApplianceException(file + " contains no valid CA certificate");
    }
  }
}
