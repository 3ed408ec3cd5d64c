/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.value.PemCertificates;
import org.bootstrapvz.api.value.PemPrivateKey;
import org.jspecify.annotations.Nullable;

/**
 * A certificate and its key from PEM files, as the key store that the server needs. It exists in
 * memory only.
 */
public final class PemKeyStore {
  private final KeyStore store;
  private final X509Certificate certificate;
  private final byte[] content;

  private PemKeyStore(KeyStore store, X509Certificate certificate, byte[] content) {
    this.store = store;
    this.certificate = certificate;
    this.content = content;
  }

  /**
   * Reads a certificate and its key.
   *
   * @param certificates the certificate of the server, then its chain
   * @param key the private key, PKCS #8, not encrypted
   * @param password protects the key in the store
   * @throws IOException if a file is wrong, or they do not belong together; the message says which,
   *     and what would be right
   */
  public static PemKeyStore read(Path certificates, Path key, String password) throws IOException {
    byte[] content = content(certificates, key);
    List<X509Certificate> chain = certificates(certificates);
    X509Certificate own = chain.get(0);
    PrivateKey privateKey = PemPrivateKey.read(key, own.getPublicKey());
    try {
      if (!PemPrivateKey.belongsTo(privateKey, own.getPublicKey())) {
        throw other(certificates, key, null);
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "server", privateKey, password.toCharArray(), chain.toArray(X509Certificate[]::new));
      return new PemKeyStore(store, own, content);
    } catch (GeneralSecurityException e) {
      throw other(certificates, key, e);
    }
  }

  private static IOException other(Path certificates, Path key, @Nullable Exception cause) {
    return new IOException(
        "The key in "
            + key
            + " does not belong to the certificate in "
            + certificates
            + "; both must be of one pair, with the certificate of the server first",
        cause);
  }

  /** Both files as they are; for comparisons. */
  static byte[] content(Path certificates, Path key) throws IOException {
    byte[] first = Files.readAllBytes(certificates);
    byte[] second = Files.readAllBytes(key);
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static List<X509Certificate> certificates(Path file) throws IOException {
    try {
      return PemCertificates.read(file);
    } catch (CertificateException e) {
      throw new IOException(
          file + " contains no certificate; it must start with -----BEGIN CERTIFICATE-----", e);
    }
  }

  /** The store. */
  KeyStore store() {
    return store;
  }

  /** The certificate of the server. */
  X509Certificate certificate() {
    return certificate;
  }

  /** Whether the files have this content. */
  boolean isOf(byte[] other) {
    return Arrays.equals(content, other);
  }

  /** Why this certificate must not replace another one: it is not valid at a time. */
  Optional<String> notValid(Instant time) {
    if (time.isAfter(certificate.getNotAfter().toInstant())) {
      return Optional.of("it expired on " + date(certificate.getNotAfter().toInstant()));
    }
    return time.isBefore(certificate.getNotBefore().toInstant())
        ? Optional.of("it is not valid before " + date(certificate.getNotBefore().toInstant()))
        : Optional.empty();
  }

  static String date(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
