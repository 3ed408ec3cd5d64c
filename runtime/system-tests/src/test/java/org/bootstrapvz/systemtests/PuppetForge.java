/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A forge of Puppet on 127.0.0.1 that has one module in one version. */
final class PuppetForge implements AutoCloseable {
  private static final String FILE = "/v3/files/module.tar.gz";

  private final HttpServer server;
  private final String releases;
  private final byte[] archive;

  /**
   * Starts it.
   *
   * @param name the name of the module, {@code AUTHOR-NAME}
   * @param archive its archive
   */
  PuppetForge(String name, String version, Path archive)
      throws IOException, NoSuchAlgorithmException {
    this.archive = Files.readAllBytes(archive);
    releases =
        """
        {"pagination": {"next": null},
         "results": [{
           "version": "%2$s", "file_uri": "%3$s", "file_md5": "%4$s", "file_sha256": "%5$s",
           "metadata": {"name": "%1$s", "version": "%2$s", "dependencies": []}}]}
        """
            .formatted(name, version, FILE, digest("MD5"), digest("SHA-256"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private String digest(String algorithm) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(archive));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] content = path.equals(FILE) ? archive : releases.getBytes(StandardCharsets.UTF_8);
      boolean known = path.equals(FILE) || path.equals("/v3/releases");
      exchange.sendResponseHeaders(known ? 200 : 404, known ? content.length : -1);
      if (known) {
        exchange.getResponseBody().write(content);
      }
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
