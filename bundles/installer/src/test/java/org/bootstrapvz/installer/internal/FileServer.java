/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Serves a directory over HTTP on the loopback interface. */
final class FileServer implements AutoCloseable {
  /** The requested paths, each with its credentials if there were any. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  private final HttpServer server;
  private final Path folder;
  private String redirection = "";

  FileServer(Path folder) throws IOException {
    this.folder = folder;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Requires the user "me" with this password. */
  FileServer guardedBy(String password) {
    server.removeContext("/");
    server
        .createContext("/", this::answer)
        .setAuthenticator(
            new BasicAuthenticator("plugins") {
              @Override
              public boolean checkCredentials(String user, String given) {
                return user.equals("me") && given.equals(password);
              }
            });
    return this;
  }

  /** Redirects all requests for jars to another server. */
  FileServer redirectingJarsTo(String address) {
    redirection = address;
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      requests.add(path + (authorization == null ? "" : " with credentials"));
      Path file = folder.resolve(path.substring(1));
      if (path.endsWith(".jar") && !redirection.isEmpty()) {
        exchange.getResponseHeaders().add("Location", redirection + path.substring(1));
        exchange.sendResponseHeaders(302, -1);
      } else if (Files.isRegularFile(file)) {
        byte[] content = Files.readAllBytes(file);
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  void stop() {
    server.stop(0);
  }

  @Override
  public void close() {
    stop();
  }
}
