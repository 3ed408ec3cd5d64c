/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.apt_proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AptProxyPluginTest extends PluginTest<AptProxyPlugin> {
  AptProxyPluginTest() {
    super("apt_proxy", new AptProxyPlugin(), new ManifestFiles());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{port: 3142} | The key `address` is missing",
        "{address: proxy} | The key `port` is missing",
        "{address: 'http://proxy', port: 3142} | plugins.apt_proxy.address:",
        "{address: proxy, port: 70000} | plugins.apt_proxy.port:",
        "{address: proxy, port: many} | plugins.apt_proxy.port:",
        "{address: proxy, port: 1, username: ada} | The key `username` needs the key `password`",
        "{address: proxy, port: 1, password: secret} | The key `password` needs the key `username`",
        "{address: proxy, port: 1, persistant: true} | Unknown key `persistant`. Did you mean `persistent`",
      })
  void invalidSettingsAreReported(String settings, String expected) {
    assertOneProblem(settings, expected);
  }

  @Test
  void theProxyStaysOnlyIfItIsPersistent() {
    assertEquals(
        Set.of("CheckAptProxy", "SetAptProxy", "RemoveAptProxy"),
        TestTaskSet.selectedBy(plugin, check("{address: proxy, port: 1}")).names());
    assertEquals(
        Set.of("CheckAptProxy", "SetAptProxy"),
        TestTaskSet.selectedBy(plugin, check("{address: proxy, port: 1, persistent: true}"))
            .names());
  }

  @Test
  void aptUsesTheProxyUntilItIsRemoved() throws Exception {
    TestBuild build = newBuild("{address: proxy.example.org, port: 3142}");
    new SetAptProxy().run(build);
    assertEquals(
        "Acquire::http::Proxy \"http://proxy.example.org:3142/\";\n",
        build.root().read(SetAptProxy.FILE));
    new RemoveAptProxy().run(build);
    assertFalse(build.root().exists(SetAptProxy.FILE));
  }

  @Test
  void aNameAndAPasswordWithAnyCharactersAreForRootOnly() throws Exception {
    TestBuild build = newBuild("{address: '::1', port: 1, username: a@b, password: 'p:/ \"ä'}");
    new SetAptProxy().run(build);
    assertEquals(
        "Acquire::http::Proxy \"http://a%40b:p%3A%2F%20%22%C3%A4@[::1]:1/\";\n",
        build.root().read(SetAptProxy.FILE));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(build.root().resolve(SetAptProxy.FILE))));
  }

  @Test
  void aProxyThatAnswersAnythingIsAccepted() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering =
          new Thread(
              () -> {
                try (Socket socket = server.accept()) {
                  socket.getInputStream().read();
                  socket
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 406 Usage Information\r\nContent-Length: 0\r\n\r\n".getBytes());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      answering.start();
      TestBuild build = newBuild("{address: 127.0.0.1, port: " + server.getLocalPort() + "}");
      new CheckAptProxy().run(build);
      answering.join();
      assertEquals(List.of(), build.warnings());
    }
  }

  @Test
  void aProxyThatDoesNotAnswerIsAWarningBeforeAnythingElse() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    TestBuild build = newBuild("{address: 127.0.0.1, port: " + port + "}");
    new CheckAptProxy().run(build);
    assertEquals(1, build.warnings().size());
    assertTrue(
        build
            .warnings()
            .get(0)
            .startsWith("The apt proxy http://127.0.0.1:" + port + "/ does not answer ("),
        build.warnings().toString());
  }
}
