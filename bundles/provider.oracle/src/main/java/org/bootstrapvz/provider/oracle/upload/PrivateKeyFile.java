/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;

/**
 * Reads RSA keys in PEM form: PKCS#8 (RFC 7468, 10 and 11) and PKCS#1, encrypted or not. Errors
 * never quote a key.
 */
final class PrivateKeyFile {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /** The header with which OpenSSL marks an encrypted PKCS#1 key. */
  private static final Pattern ENCRYPTION =
      Pattern.compile("DEK-Info:\\s*([A-Z0-9-]+),([0-9A-Fa-f]+)");

  /** Ciphers of OpenSSL, with the sizes of their keys. */
  private static final Map<String, Integer> CIPHERS =
      Map.of("AES-128-CBC", 16, "AES-192-CBC", 24, "AES-256-CBC", 32, "DES-EDE3-CBC", 24);

  /** Version 0 and the identifier of RSA: what PKCS#8 has before a PKCS#1 key. */
  private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private static final int SALT = 8;
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;

  private PrivateKeyFile() {}

  /**
   * Reads a key.
   *
   * @param source where it is, for messages
   * @param passphrase empty if the key is not encrypted
   */
  static RSAPrivateCrtKey read(String source, String text, Secret passphrase)
      throws BuildException {
    Matcher pem = PEM.matcher(text);
    if (!pem.find()) {
      throw new BuildException(
          "The key in "
              + source
              + " is not a private key in PEM form. Name the file that was created together with"
              + " the API key");
    }
    boolean encrypted = pem.group(1).startsWith("ENCRYPTED") || pem.group(2).contains("ENCRYPTED");
    if (encrypted && passphrase.reveal().isEmpty()) {
      throw new BuildException(
          "The key in "
              + source
              + " is encrypted. Write its passphrase to pass_phrase in the configuration file, or set"
              + " OCI_CLI_PASSPHRASE");
    }
    try {
      byte[] pkcs8 =
          switch (pem.group(1)) {
            case "PRIVATE KEY" -> decoded(pem.group(2));
            case "ENCRYPTED PRIVATE KEY" -> decrypted(decoded(pem.group(2)), passphrase);
            case "RSA PRIVATE KEY" -> wrapped(pkcs1(pem.group(2), passphrase));
            default -> new byte[0];
          };
      if (KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8))
          instanceof RSAPrivateCrtKey key) {
        return key;
      }
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      // Its message may contain a part of the key.
    }
    throw new BuildException(
        "The key in "
            + source
            + " is not an RSA key"
            + (encrypted ? ", or the passphrase is wrong" : "")
            + ". Oracle accepts RSA keys only: openssl genrsa -out FILE 2048");
  }

  private static byte[] decoded(String text) {
    return Base64.getMimeDecoder().decode(text.strip());
  }

  private static byte[] decrypted(byte[] encrypted, Secret passphrase)
      throws GeneralSecurityException, IOException {
    EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
    // The name of the parameters, unlike that of the algorithm, names hash and cipher.
    SecretKeyFactory factory = SecretKeyFactory.getInstance(info.getAlgParameters().toString());
    PBEKeySpec spec = new PBEKeySpec(passphrase.reveal().toCharArray());
    Cipher cipher = Cipher.getInstance(info.getAlgParameters().toString());
    cipher.init(Cipher.DECRYPT_MODE, factory.generateSecret(spec), info.getAlgParameters());
    return info.getKeySpec(cipher).getEncoded();
  }

  private static byte[] pkcs1(String text, Secret passphrase) throws GeneralSecurityException {
    Matcher encryption = ENCRYPTION.matcher(text);
    if (!encryption.find()) {
      return decoded(text);
    }
    byte[] body = decoded(text.substring(encryption.end()));
    byte[] iv = HexFormat.of().parseHex(encryption.group(2));
    Integer size = CIPHERS.get(encryption.group(1));
    if (size == null) {
      throw new GeneralSecurityException("unknown cipher");
    }
    boolean aes = encryption.group(1).startsWith("AES");
    Cipher cipher = Cipher.getInstance(aes ? "AES/CBC/PKCS5Padding" : "DESede/CBC/PKCS5Padding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(derived(passphrase, iv, size), aes ? "AES" : "DESede"),
        new IvParameterSpec(iv));
    return cipher.doFinal(body);
  }

  /** Derives a key as OpenSSL does in PKCS#1 files: EVP_BytesToKey with MD5 and one iteration. */
  private static byte[] derived(Secret passphrase, byte[] iv, int size)
      throws GeneralSecurityException {
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    ByteBuffer key = ByteBuffer.allocate(size + md5.getDigestLength());
    byte[] last = {};
    while (key.position() < size) {
      md5.update(last);
      md5.update(passphrase.reveal().getBytes(StandardCharsets.UTF_8));
      md5.update(iv, 0, SALT);
      last = md5.digest();
      key.put(last);
    }
    return Arrays.copyOf(key.array(), size);
  }

  /** Returns a PKCS#1 key as PKCS#8 (RFC 5208, 5). */
  private static byte[] wrapped(byte[] pkcs1) {
    byte[] key = element(OCTETS, pkcs1);
    byte[] content = Arrays.copyOf(RSA, RSA.length + key.length);
    System.arraycopy(key, 0, content, RSA.length, key.length);
    return element(SEQUENCE, content);
  }

  /** Returns an element in DER, with its length in two bytes or one. */
  private static byte[] element(int tag, byte[] content) {
    ByteBuffer element = ByteBuffer.allocate(content.length + 4).put((byte) tag);
    if (content.length < 0x80) {
      element.put((byte) content.length);
    } else {
      element.put((byte) 0x82).putShort((short) content.length);
    }
    element.put(content);
    return Arrays.copyOf(element.array(), element.position());
  }

  /** Returns the fingerprint by which Oracle names a key: MD5 of its public part. */
  static String fingerprint(RSAPrivateCrtKey key) {
    try {
      byte[] encoded =
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
              .getEncoded();
      return HexFormat.ofDelimiter(":").formatHex(MessageDigest.getInstance("MD5").digest(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
