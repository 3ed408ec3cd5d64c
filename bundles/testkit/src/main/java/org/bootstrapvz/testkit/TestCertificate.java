/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * A certificate and its key, made by the JDK's tool and written as people have them.
 *
 * @param name of the files, without {@code .crt} and {@code .key}
 */
public record TestCertificate(Path folder, String name, X509Certificate certificate) {
  private static final String PASSWORD = "password";

  /**
   * Makes a certificate for localhost and a host name.
   *
   * @param start as {@code -startdate} of keytool, such as {@code -400d}
   */
  public static TestCertificate make(
      Path folder, String name, String algorithm, String host, String start, int days)
      throws Exception {
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
                "CN=" + name,
                "-ext",
                "san=dns:localhost,dns:" + host,
                "-startdate",
                start,
                "-validity",
                Integer.toString(days),
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes());
    assertEquals(0, keytool.waitFor(), output);
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      made.load(in, PASSWORD.toCharArray());
    }
    X509Certificate certificate = (X509Certificate) made.getCertificate("x");
    write(folder.resolve(name + ".crt"), "CERTIFICATE", certificate.getEncoded());
    write(
        folder.resolve(name + ".key"),
        "PRIVATE KEY",
        made.getKey("x", PASSWORD.toCharArray()).getEncoded());
    Files.delete(store);
    return new TestCertificate(folder, name, certificate);
  }

  /** Makes a certificate that is valid now, for localhost and a host with its name. */
  public static TestCertificate make(Path folder, String name, String algorithm) throws Exception {
    return make(folder, name, algorithm, name + ".example.org", "-1d", 365);
  }

  private static void write(Path file, String type, byte[] content) throws IOException {
    Files.writeString(
        file,
        "-----BEGIN "
            + type
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
            + "\n-----END "
            + type
            + "-----\n");
  }

  /** Returns the file with the certificate. */
  public Path crt() {
    return folder.resolve(name + ".crt");
  }

  /** Returns the file with the key. */
  public Path key() {
    return folder.resolve(name + ".key");
  }
}
