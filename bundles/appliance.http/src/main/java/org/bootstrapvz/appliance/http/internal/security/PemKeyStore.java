/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.value.PemCertificates;

/** Converts a certificate and its key from PEM files to the key store that the server needs. */
public final class PemKeyStore {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private PemKeyStore() {}

  /**
   * Writes a key store.
   *
   * @param certificates the certificate of the server, then its chain
   * @param key the private key, PKCS #8, not encrypted
   * @throws IOException if a file is wrong; the message says which, and what would be right
   */
  public static void write(Path certificates, Path key, Path target, String password)
      throws IOException {
    KeyStore store = store(certificates, key, password);
    try {
      Files.deleteIfExists(target);
      PrivateFiles.create(target);
      try (OutputStream out = Files.newOutputStream(target)) {
        store.store(out, password.toCharArray());
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("Cannot write the key store: " + e.getMessage(), e);
    }
  }

  /**
   * Checks whether a key store can be made from these files.
   *
   * @throws IOException if a file is wrong; the message says which, and what would be right
   */
  public static void check(Path certificates, Path key) throws IOException {
    store(certificates, key, "");
  }

  private static KeyStore store(Path certificates, Path key, String password) throws IOException {
    Certificate[] chain = certificates(certificates);
    PrivateKey privateKey = privateKey(key, chain[0].getPublicKey().getAlgorithm());
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", privateKey, password.toCharArray(), chain);
      return store;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "The key in " + key + " does not belong to the certificate in " + certificates, e);
    }
  }

  private static Certificate[] certificates(Path file) throws IOException {
    try {
      return PemCertificates.read(file).toArray(Certificate[]::new);
    } catch (CertificateException e) {
      throw new IOException(
          file + " contains no certificate; it must start with -----BEGIN CERTIFICATE-----", e);
    }
  }

  private static PrivateKey privateKey(Path file, String algorithm) throws IOException {
    Matcher matcher = KEY.matcher(Files.readString(file));
    if (matcher.find()) {
      try {
        byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        throw new IOException(
            file + " does not contain a key for the algorithm " + algorithm + " of the certificate",
            e);
      }
    }
    throw new IOException(
        file
            + " contains no readable key; it must start with -----BEGIN PRIVATE KEY-----; convert it with"
            + " openssl pkcs8 -topk8 -nocrypt");
  }
}
