/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bootstrapvz.api.repository.IndexSigning;
import org.bootstrapvz.api.repository.RepositoryException;
import org.bootstrapvz.api.repository.SignerCheck;
import org.bootstrapvz.api.value.PemCertificates;
import org.bootstrapvz.api.value.PemPrivateKey;
import org.jspecify.annotations.Nullable;

/**
 * What the publisher says about an index, in the file {@code index.signed} next to it: its number,
 * its dates and its checksum. The last line is the signature of all lines before it.
 *
 * @param number greater than that of each earlier index
 * @param sha256 of the index
 * @param path the certificate of the signer, then its chain
 */
record SignedIndex(
    long number, Instant created, Instant expires, String sha256, List<X509Certificate> path) {
  /** The maximum size of the file. */
  static final int MAX_BYTES = 64 << 10;

  private static final String FORMAT = "bootstrap-vz-index: 1\n";
  private static final String SIGNATURE = "signature: ";

  /** The name of the file for an index. */
  static String name(String index) {
    return index.replaceFirst("\\.xml$", "") + ".signed";
  }

  /** Signs. */
  static String write(long number, Instant created, String sha256, IndexSigning signing)
      throws RepositoryException, IOException {
    try {
      List<X509Certificate> path = PemCertificates.read(signing.certificates());
      PublicKey certified = path.get(0).getPublicKey();
      PrivateKey key = PemPrivateKey.read(signing.key(), certified);
      if (!PemPrivateKey.belongsTo(key, certified)) {
        throw new RepositoryException(
            "The key in "
                + signing.key()
                + " does not belong to the first certificate in "
                + signing.certificates());
      }
      StringBuilder text = new StringBuilder(FORMAT);
      text.append("number: ").append(number).append('\n');
      text.append("created: ").append(created).append('\n');
      text.append("expires: ").append(created.plus(signing.validity())).append('\n');
      text.append("sha256: ").append(sha256).append('\n');
      for (X509Certificate each : path) {
        text.append("certificate: ").append(base64(each.getEncoded())).append('\n');
      }
      byte[] signed = text.toString().getBytes(StandardCharsets.US_ASCII);
      text.append(SIGNATURE)
          .append(base64(PemPrivateKey.sign(signed, key, certified)))
          .append('\n');
      return text.toString();
    } catch (GeneralSecurityException e) {
      throw new RepositoryException("The index cannot be signed: " + e.getMessage(), e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * Reads and verifies.
   *
   * @param name of the file, for messages
   * @throws RepositoryException if it is malformed, was changed, or its signer is not trusted
   */
  static SignedIndex verified(String text, String name, SignerCheck signers)
      throws RepositoryException, IOException {
    int end = text.lastIndexOf(SIGNATURE);
    if (!text.startsWith(FORMAT) || end < 1 || text.charAt(end - 1) != '\n') {
      throw malformed(name, null);
    }
    try {
      SignedIndex index = parse(text.substring(0, end));
      byte[] signature =
          Base64.getDecoder().decode(text.substring(end + SIGNATURE.length()).strip());
      X509Certificate signer = index.path().get(0);
      if (!PemPrivateKey.verifies(
          text.substring(0, end).getBytes(StandardCharsets.UTF_8),
          signature,
          signer.getPublicKey())) {
        throw new RepositoryException(
            name + " was changed after it was signed; ask its publisher, and do not use it");
      }
      Optional<String> distrust = signers.distrust(index.path());
      if (distrust.isPresent()) {
        throw new RepositoryException(
            name
                + " is signed by "
                + signer.getSubjectX500Principal().getName()
                + ", "
                + distrust.get());
      }
      return index;
    } catch (GeneralSecurityException | IllegalArgumentException | DateTimeException e) {
      throw malformed(name, e);
    }
  }

  private static RepositoryException malformed(String name, @Nullable Exception cause) {
    String text = name + " is not a signed index; bootstrap-vz plugins index DIRECTORY creates one";
    return cause == null
        ? new RepositoryException(text)
        : new RepositoryException(text + " (" + cause.getMessage() + ")", cause);
  }

  /** The number of an index; 0 if the text is not one. Verifies nothing. */
  static long numberOf(String text) {
    try {
      return parse(text).number();
    } catch (CertificateException | IllegalArgumentException | DateTimeException e) {
      return 0;
    }
  }

  private static SignedIndex parse(String text) throws CertificateException {
    Map<String, String> values = new TreeMap<>();
    List<X509Certificate> path = new ArrayList<>();
    for (String line : text.split("\n")) {
      String[] words = line.split(": ", 2);
      if (words.length != 2) {
        throw new IllegalArgumentException("\"" + line + "\" has no colon");
      }
      if (words[0].equals("certificate")) {
        path.add(certificate(words[1]));
      } else if (values.put(words[0], words[1]) != null) {
        throw new IllegalArgumentException(words[0] + " is there twice");
      }
    }
    if (path.isEmpty()) {
      throw new IllegalArgumentException("certificate is missing");
    }
    return new SignedIndex(
        Long.parseLong(value(values, "number")),
        Instant.parse(value(values, "created")),
        Instant.parse(value(values, "expires")),
        value(values, "sha256"),
        List.copyOf(path));
  }

  private static X509Certificate certificate(String base64) throws CertificateException {
    Certificate read =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    return (X509Certificate) read;
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }
}
