/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.value;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads private keys in PEM format (PKCS #8, not encrypted) and signs with them. Thread-safe. */
public final class PemPrivateKey {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  /** By the algorithm of a key. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  private PemPrivateKey() {}

  /**
   * Reads a key.
   *
   * @param certified the key of its certificate, which has the algorithm
   * @throws IOException if the file cannot be read or has no such key; the message names the file
   *     and what would be right
   */
  public static PrivateKey read(Path file, PublicKey certified) throws IOException {
    Matcher matcher = KEY.matcher(Files.readString(file));
    if (matcher.find()) {
      String algorithm = certified.getAlgorithm();
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

  /**
   * Returns whether a private key belongs to a public one. Of algorithms that cannot sign, this is
   * not known, and the result is true.
   *
   * @throws GeneralSecurityException if the keys cannot be used
   */
  public static boolean belongsTo(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    if (!SIGNATURES.containsKey(certified.getAlgorithm())) {
      return true;
    }
    byte[] message = new byte[32];
    return verifies(message, sign(message, key, certified), certified);
  }

  /**
   * Signs data with SHA-256, or as EdDSA does.
   *
   * @throws GeneralSecurityException if the key cannot sign
   */
  public static byte[] sign(byte[] data, PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    Signature signer = signature(certified);
    signer.initSign(key);
    signer.update(data);
    return signer.sign();
  }

  /**
   * Returns whether a signature is that of the private key of this public key.
   *
   * @throws GeneralSecurityException if the signature is malformed, or the key cannot sign
   */
  public static boolean verifies(byte[] data, byte[] signature, PublicKey certified)
      throws GeneralSecurityException {
    Signature verifier = signature(certified);
    verifier.initVerify(certified);
    verifier.update(data);
    return verifier.verify(signature);
  }

  private static Signature signature(PublicKey certified) throws GeneralSecurityException {
    return Signature.getInstance(
        Optional.ofNullable(SIGNATURES.get(certified.getAlgorithm()))
            .orElse(certified.getAlgorithm()));
  }
}
