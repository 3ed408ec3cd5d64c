/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.bootstrapvz.provider.docker.image.Digest;

/** A registry in memory that can be configured to fail. */
final class FakeRegistry implements AutoCloseable {
  private static final String V2 = "/v2/team/debian/";

  /** Answers a request instead of the registry; returns false to leave it to the registry. */
  interface Fault {
    boolean handles(HttpExchange exchange) throws IOException;
  }

  final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final HttpServer server;
  private final String scheme;
  private volatile Fault fault = exchange -> false;

  private FakeRegistry(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.createContext("/", this::handle);
    server.start();
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  static FakeRegistry plain() throws IOException {
    return new FakeRegistry(HttpServer.create(anyPort(), 0), "http");
  }

  static FakeRegistry encrypted(SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new FakeRegistry(server, "https");
  }

  FakeRegistry with(Fault fault) {
    this.fault = fault;
    return this;
  }

  String name() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  String address() {
    return scheme + "://" + name();
  }

  /** The methods and paths of the requests, without the host. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
    try (exchange) {
      if (!fault.handles(exchange)) {
        serve(exchange);
      }
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    switch (exchange.getRequestMethod()) {
      case "HEAD", "GET" -> {
        String name = path.substring(path.lastIndexOf('/') + 1);
        byte[] found =
            path.equals("/v2/")
                ? new byte[] {'{', '}'}
                : path.startsWith(V2 + "blobs/") ? blobs.get(name) : manifests.get(name);
        if (found == null) {
          answer(exchange, 404, "");
        } else if (exchange.getRequestMethod().equals("HEAD")) {
          answer(exchange, 200, "");
        } else {
          exchange.sendResponseHeaders(200, found.length);
          exchange.getResponseBody().write(found);
        }
      }
      case "POST" -> {
        exchange.getResponseHeaders().add("Location", V2 + "blobs/uploads/1?_state=x%3D");
        answer(exchange, 202, "");
      }
      case "PUT" -> {
        if (path.startsWith(V2 + "manifests/")) {
          manifests.put(path.substring(path.lastIndexOf('/') + 1), body);
          answer(exchange, 201, "");
        } else if (exchange
            .getRequestURI()
            .getQuery()
            .equals("_state=x=&digest=" + Digest.of(body))) {
          blobs.put(Digest.of(body), body);
          answer(exchange, 201, "");
        } else {
          answer(exchange, 400, error("DIGEST_INVALID", "provided digest did not match"));
        }
      }
      default -> answer(exchange, 405, "");
    }
  }

  static boolean answer(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    return true;
  }

  static String error(String code, String message) {
    return "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}";
  }

  static String method(HttpExchange exchange) {
    return exchange.getRequestMethod();
  }

  static String path(HttpExchange exchange) {
    return exchange.getRequestURI().getPath();
  }

  /** Only accepts requests with this value of the header. */
  static boolean challenged(HttpExchange exchange, String expected, String challenge)
      throws IOException {
    String presented = exchange.getRequestHeaders().getFirst("Authorization");
    if (Optional.ofNullable(presented).orElse("").equals(expected)) {
      return false;
    }
    exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
    return answer(exchange, 401, error("UNAUTHORIZED", "authentication required"));
  }

  /** Only accepts requests with a token, and issues one to a user with the correct password. */
  Fault tokensFor(String user, String password) {
    return exchange -> {
      if (path(exchange).equals("/token")) {
        return giveToken(exchange, basic(user, password));
      }
      return challenged(
          exchange,
          "Bearer t0ken",
          "Bearer realm=\"" + address() + "/token\",service=\"reg\",scope=\"ignored\"");
    };
  }

  private static boolean giveToken(HttpExchange exchange, String expected) throws IOException {
    boolean right =
        exchange
            .getRequestURI()
            .getRawQuery()
            .equals("scope=repository%3Ateam%2Fdebian%3Apull%2Cpush&service=reg");
    return challenged(exchange, expected, "Basic")
        || answer(exchange, right ? 200 : 400, "{\"token\":\"t0ken\"}");
  }

  static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
