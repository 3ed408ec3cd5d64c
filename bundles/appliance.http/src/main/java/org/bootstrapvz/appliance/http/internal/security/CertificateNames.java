/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The names for which a certificate is valid. */
final class CertificateNames {
  /** The types of names in RFC 5280, 4.2.1.6. */
  private static final int DNS_NAME = 2;

  private static final int IP_ADDRESS = 7;

  private CertificateNames() {}

  /** The names in the first certificate of a PEM file. */
  static List<String> of(Path file) throws IOException {
    List<String> names = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> name : alternatives) {
          if (name.get(0).equals(DNS_NAME)) {
            names.add((String) name.get(1));
          } else if (name.get(0).equals(IP_ADDRESS)) {
            names.add(HostNames.literal((String) name.get(1)));
          }
        }
      }
    } catch (CertificateException e) {
      throw new IOException(file + " is not a certificate in the format PEM", e);
    }
    return names;
  }
}
