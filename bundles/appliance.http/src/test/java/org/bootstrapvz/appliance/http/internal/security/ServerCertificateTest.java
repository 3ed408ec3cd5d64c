/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.bootstrapvz.appliance.http.internal.connections.ConnectionLimits;
import org.bootstrapvz.appliance.http.internal.connections.ServerSettings;
import org.bootstrapvz.testkit.TestCertificate;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server with certificates that change while it runs. */
class ServerCertificateTest {
  @TempDir private Path folder;

  private final Path crt() {
    return folder.resolve("tls.crt");
  }

  private final Path key() {
    return folder.resolve("tls.key");
  }

  private TestCertificate make(String name, String start, int days) throws Exception {
    Path made = Files.createDirectories(folder.resolve("made"));
    return TestCertificate.make(made, name, "EC", name + ".example.org", start, days);
  }

  private void install(Path certificate, Path key) throws Exception {
    Files.copy(certificate, crt(), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(key, key(), StandardCopyOption.REPLACE_EXISTING);
  }

  private void install(TestCertificate pair) throws Exception {
    install(pair.crt(), pair.key());
  }

  private ServerCertificate certificate(Clock clock) throws Exception {
    return new ServerCertificate(crt().toString(), key().toString(), clock, false);
  }

  /** The certificate that a client gets. */
  private static Certificate shown(ServerConnector connector) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustsAll()}, null);
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket("127.0.0.1", connector.getLocalPort())) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static final class TrustsAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Test
  void aRenewedCertificateIsUsedWithoutARestartAndNoKeyIsWritten() throws Exception {
    TestCertificate first = make("first", "-1d", 365);
    TestCertificate second = make("second", "-1d", 365);
    TestCertificate expired = make("expired", "-400d", 365);
    install(first);
    ServerCertificate certificate = certificate(Clock.systemUTC());
    Server server = new Server();
    ServerConnector connector =
        new ServerSettings(
                "127.0.0.1",
                0,
                Duration.ofSeconds(5),
                new ConnectionLimits(2000, 1000, Duration.ofSeconds(20), 512, address -> false))
            .connector(server, certificate.context().orElseThrow());
    server.addConnector(connector);
    server.start();
    try {
      assertEquals(first.certificate(), shown(connector));
      assertEquals(List.of("localhost", "first.example.org"), certificate.names());

      certificate.renew();
      assertEquals(first.certificate(), shown(connector));

      install(second.crt(), first.key()); // half of a renewal
      certificate.renew();
      assertEquals("", certificate.state().message());
      install(second);
      certificate.renew();
      assertEquals(second.certificate(), shown(connector));
      assertEquals(List.of("localhost", "second.example.org"), certificate.names());

      install(expired);
      certificate.renew();
      certificate.renew();
      assertEquals(second.certificate(), shown(connector));
      String message = certificate.state().message();
      assertTrue(message.contains(crt() + " is not valid: it expired on "), message);
      install(first.crt(), second.key());
      certificate.renew();
      certificate.renew();
      message = certificate.state().message();
      assertTrue(
          message.contains(key() + " does not belong to the certificate in " + crt()), message);
      assertFalse(certificate.state().critical());
      install(second);
      certificate.renew();
      assertEquals("", certificate.state().message());
    } finally {
      server.stop();
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("made", "tls.crt", "tls.key"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void itWarnsAMonthBeforeTheEndAndIsCriticalAfterwards() throws Exception {
    install(make("short", "-1d", 40));
    Clock now = Clock.systemUTC();

    assertEquals(new ServerCertificate.State(false, ""), certificate(now).state());
    ServerCertificate.State soon = certificate(Clock.offset(now, Duration.ofDays(20))).state();
    assertFalse(soon.critical());
    assertTrue(
        soon.message().startsWith("The certificate " + crt() + " expires on "), soon.message());
    ServerCertificate.State late = certificate(Clock.offset(now, Duration.ofDays(50))).state();
    assertTrue(late.critical());
    assertTrue(late.message().contains(" is not valid: it expired on "), late.message());
  }

  @Test
  void withoutACertificateThereIsNothingToReport() throws Exception {
    ServerCertificate none = new ServerCertificate("", "", Clock.systemUTC(), true);

    none.renew();
    assertEquals(new ServerCertificate.State(false, ""), none.state());
    assertTrue(none.context().isEmpty());
    assertEquals(List.of(), none.names());
  }
}
