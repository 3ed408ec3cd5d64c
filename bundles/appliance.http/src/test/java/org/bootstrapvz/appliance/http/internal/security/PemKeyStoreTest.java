/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.bootstrapvz.testkit.TestCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemKeyStoreTest {
  @TempDir private Path folder;

  private static IOException failure(Path certificate, Path key) {
    return assertThrows(IOException.class, () -> PemKeyStore.read(certificate, key, "p"));
  }

  @Test
  void certificateAndKeyBecomeAKeyStore() throws Exception {
    for (String algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
      TestCertificate made = TestCertificate.make(folder, algorithm, algorithm);
      PemKeyStore read = PemKeyStore.read(made.crt(), made.key(), "other");
      String pem = Files.readString(made.key()).replaceAll("-----[A-Z ]+-----", "");
      assertArrayEquals(
          Base64.getMimeDecoder().decode(pem),
          read.store().getKey("server", "other".toCharArray()).getEncoded());
      assertEquals(made.certificate(), read.store().getCertificate("server"));
    }
  }

  @Test
  void aKeyOfAnotherCertificateIsRefusedWithBothFiles() throws Exception {
    for (String algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
      TestCertificate one = TestCertificate.make(folder, "one-" + algorithm, algorithm);
      TestCertificate two = TestCertificate.make(folder, "two-" + algorithm, algorithm);
      String message = failure(one.crt(), two.key()).getMessage();
      assertTrue(
          message.startsWith(
              "The key in " + two.key() + " does not belong to the certificate in " + one.crt()),
          message);
    }
  }

  @Test
  void anInvalidFileIsNamed() throws Exception {
    TestCertificate good = TestCertificate.make(folder, "good", "EC");
    Path odd = Files.writeString(folder.resolve("odd"), "-----BEGIN EC PRIVATE KEY-----\nabc\n");
    String key = failure(good.crt(), odd).getMessage();
    assertTrue(key.startsWith(odd + " contains no readable key"), key);
    assertTrue(key.contains("openssl pkcs8 -topk8"), key);
    String certificate = failure(odd, good.key()).getMessage();
    assertTrue(certificate.startsWith(odd + " contains no certificate"), certificate);
  }
}
