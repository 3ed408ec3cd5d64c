/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemKeyStoreTest {
  private static final char[] PASSWORD = "password".toCharArray();

  @TempDir private Path folder;

  /** A certificate and its key, made by the JDK's tool and written as people have them. */
  private KeyStore pair(String name, String algorithm) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-genkeypair",
                "-alias",
                "x",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes());
    assertEquals(0, keytool.waitFor(), output);
    KeyStore made = load(store, PASSWORD);
    write(name + ".crt", "CERTIFICATE", made.getCertificate("x").getEncoded());
    write(name + ".key", "PRIVATE KEY", made.getKey("x", PASSWORD).getEncoded());
    return made;
  }

  private static KeyStore load(Path file, char[] password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    return store;
  }

  private void write(String name, String type, byte[] content) throws IOException {
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN "
            + type
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
            + "\n-----END "
            + type
            + "-----\n");
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  @Test
  void certificateAndKeyBecomeAKeyStoreThatOnlyItsOwnerReads() throws Exception {
    for (String algorithm : new String[] {"RSA", "EC"}) {
      KeyStore expected = pair(algorithm, algorithm);
      Path store = file("tls.p12");
      PemKeyStore.write(file(algorithm + ".crt"), file(algorithm + ".key"), store, "other");
      KeyStore made = load(store, "other".toCharArray());
      assertArrayEquals(
          expected.getKey("x", PASSWORD).getEncoded(),
          made.getKey("server", "other".toCharArray()).getEncoded());
      assertEquals(expected.getCertificate("x"), made.getCertificate("server"));
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(store)));
    }
  }

  @Test
  void anInvalidFileIsNamed() throws Exception {
    pair("good", "EC");
    Files.writeString(file("odd"), "-----BEGIN EC PRIVATE KEY-----\nabc\n");
    IOException key =
        assertThrows(
            IOException.class,
            () -> PemKeyStore.write(file("good.crt"), file("odd"), file("s"), "p"));
    assertTrue(
        key.getMessage().startsWith(file("odd") + " contains no readable key"), key.getMessage());
    assertTrue(key.getMessage().contains("openssl pkcs8 -topk8"), key.getMessage());
    IOException certificate =
        assertThrows(
            IOException.class,
            () -> PemKeyStore.write(file("odd"), file("good.key"), file("s"), "p"));
    assertTrue(
        certificate.getMessage().startsWith(file("odd") + " contains no certificate"),
        certificate.getMessage());
  }
}
