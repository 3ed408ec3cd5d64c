/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.value;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads X.509 certificates in PEM format. Thread-safe. */
public final class PemCertificates {
  private PemCertificates() {}

  /**
   * Reads all certificates of a file, in their order.
   *
   * @return at least one
   * @throws IOException if the file cannot be read
   * @throws CertificateException if it has no certificate, or an invalid one; the message names the
   *     file
   */
  public static List<X509Certificate> read(Path file) throws IOException, CertificateException {
    List<X509Certificate> certificates = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        certificates.add((X509Certificate) each);
      }
    } catch (CertificateException e) {
      throw new CertificateException(file + " has an invalid certificate; PEM is expected", e);
    }
    if (certificates.isEmpty()) {
      throw new CertificateException(file + " has no certificate; PEM is expected");
    }
    return certificates;
  }
}
