/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers each request with the next answer of a script. */
final class ScriptedServer implements AutoCloseable {
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  ScriptedServer(Answer... script) throws IOException {
    answers.addAll(List.of(script));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Auth-Token")));
      Answer answer;
      synchronized (answers) {
        answer = Objects.requireNonNull(answers.poll(), "More requests than answers");
      }
      answer.to(exchange);
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v2/images?x=1");
  }

  int requests() {
    return authorizations.size();
  }

  static Answer status(int status, String... headers) {
    return exchange -> {
      exchange.getRequestBody().readAllBytes();
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  static Answer body(int status, String text) {
    return exchange -> {
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(status, text.length());
      exchange.getResponseBody().write(text.getBytes());
    };
  }

  /** Closes the connection without an answer. */
  static Answer cut() {
    return HttpExchange::close;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
