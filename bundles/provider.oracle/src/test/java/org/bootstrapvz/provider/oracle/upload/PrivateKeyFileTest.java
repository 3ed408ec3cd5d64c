/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys were written by OpenSSL 3; all but that of another type are the published one. */
class PrivateKeyFileTest {
  private static final String FINGERPRINT = "73:61:a2:21:67:e0:df:be:7e:4b:93:1e:15:98:a5:b7";
  private static final String PASSPHRASE = "Gr3en-Pear";

  static String key(String name) throws IOException {
    try (InputStream file = PrivateKeyFileTest.class.getResourceAsStream(name + ".pem")) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "published",
        "pkcs8",
        "pkcs1-aes128",
        "pkcs1-aes192",
        "pkcs1-aes256",
        "pkcs1-des3",
        "pkcs8-aes256",
        "pkcs8-aes128-sha512"
      })
  void allFormsOfAKeyAreTheSameKey(String name) throws Exception {
    assertEquals(
        FINGERPRINT,
        PrivateKeyFile.fingerprint(PrivateKeyFile.read("FILE", key(name), Secret.of(PASSPHRASE))));
  }

  private static String failure(String text, String passphrase) {
    return assertThrows(
            BuildException.class, () -> PrivateKeyFile.read("FILE", text, Secret.of(passphrase)))
        .getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pkcs1-aes128", "pkcs8-aes256"})
  void aKeyThatIsEncryptedNeedsItsPassphrase(String name) throws Exception {
    assertEquals(
        "The key in FILE is encrypted. Write its passphrase to pass_phrase in the configuration"
            + " file, or set OCI_CLI_PASSPHRASE",
        failure(key(name), ""));
    assertEquals(
        "The key in FILE is not an RSA key, or the passphrase is wrong. Oracle accepts RSA keys"
            + " only: openssl genrsa -out FILE 2048",
        failure(key(name), "wrong"));
  }

  @Test
  void whatIsNotAnRsaKeyIsRefusedWithoutQuotingIt() throws Exception {
    String other =
        "The key in FILE is not an RSA key. Oracle accepts RSA keys only: openssl genrsa -out FILE"
            + " 2048";
    assertEquals(other, failure(key("ec"), ""));
    assertEquals(other, failure(key("pkcs8").replace("MII", "AII"), ""));
    assertEquals(
        "The key in FILE is not a private key in PEM form. Name the file that was created together"
            + " with the API key",
        failure("-----BEGIN PUBLIC KEY-----\nMIG\n-----END PUBLIC KEY-----\n", ""));
  }
}
