/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.provider.docker.image.ImageReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedRegistryTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;
  private SSLContext own;
  private FakeRegistry registry;

  @BeforeEach
  void makeCertificate() throws Exception {
    Path store = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=registry",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes());
    assertEquals(0, keytool.waitFor(), output);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream content = Files.newInputStream(store)) {
      keys.load(content, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    own = SSLContext.getInstance("TLS");
    own.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
    registry = FakeRegistry.encrypted(own);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private void check(String address, HttpClient.Builder http) throws BuildException {
    ImageReference name = ImageReference.parse(registry.name() + "/team/debian:x");
    try (Registry client =
        new Registry(new Destination(name, URI.create(address)), Optional.empty(), http)) {
      client.check();
    }
  }

  @Test
  void aCertificateThatJavaTrustsIsAccepted() throws Exception {
    check(registry.address(), HttpClient.newBuilder().sslContext(own));
    assertEquals(List.of("GET /v2/"), registry.requests());
  }

  @Test
  void anUntrustedCertificateIsRefusedWithoutSendingAnything() {
    BuildException e =
        assertThrows(
            BuildException.class, () -> check(registry.address(), HttpClient.newBuilder()));
    assertTrue(e.getMessage().contains("No encrypted connection"), e.getMessage());
    assertTrue(
        e.getMessage().contains("does not trust the issuer of its certificate"), e.getMessage());
    assertEquals(List.of(), registry.requests());
  }

  @Test
  void anUnencryptedConnectionToAnEncryptedRegistryIsReported() throws Exception {
    try (FakeRegistry picky =
        FakeRegistry.plain().with(exchange -> FakeRegistry.answer(exchange, 400, ""))) {
      BuildException e =
          assertThrows(BuildException.class, () -> check(picky.address(), HttpClient.newBuilder()));
      assertTrue(e.getMessage().contains("provider.push.tls to true"), e.getMessage());
    }
  }

  @Test
  void anEncryptedConnectionToAnUnencryptedRegistryIsReported() throws Exception {
    Thread server;
    try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      server = new Thread(() -> refuse(plain), "registry without encryption");
      server.start();
      BuildException e =
          assertThrows(
              BuildException.class,
              () -> check("https://127.0.0.1:" + plain.getLocalPort(), HttpClient.newBuilder()));
      assertTrue(e.getMessage().contains("provider.push.tls to false"), e.getMessage());
    }
    server.join();
  }

  /**
   * Servers that expect plain text answer in this way. Another test may have used the port a moment
   * ago, so that a client of that one connects first.
   */
  private static void refuse(ServerSocket plain) {
    while (!plain.isClosed()) {
      try (Socket client = plain.accept()) {
        client.getInputStream().read();
        client.getOutputStream().write("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
        client.shutdownOutput();
        client.getInputStream().readAllBytes();
      } catch (IOException e) {
        // The client has its response, or the test is over.
      }
    }
  }
}
