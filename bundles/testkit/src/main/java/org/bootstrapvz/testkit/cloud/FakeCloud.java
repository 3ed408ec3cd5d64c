/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP side of the fake of a cloud. Requests are processed one after another. */
public abstract class FakeCloud implements AutoCloseable {
  private record Planned(Predicate<String> request, Fault fault) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new ArrayList<>();
  private final List<Planned> faults = new ArrayList<>();

  FakeCloud() throws IOException {
    // The server sends head and body of an answer in two packets. Without this, the second waits
    // until the client has confirmed the first, for 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Processes a request whose body was read. */
  abstract Answer process(Call call) throws Rejection;

  /** Returns how a request is listed, and found by those who make it fail. */
  String line(Call call) throws IOException {
    return call.line();
  }

  /** Returns the address of the server, without a path. */
  public final URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Returns the methods and paths of all requests so far. */
  public final synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /**
   * Applies a fault to the next request whose method and path match a regular expression. Faults
   * for the same requests are applied one after another.
   */
  public final synchronized void fail(String request, Fault fault) {
    faults.add(new Planned(line -> line.matches(request), fault));
  }

  /** Applies a fault to the request with this number, counted from 0. */
  public final synchronized void failAt(int number, Fault fault) {
    faults.add(new Planned(line -> requests.size() - 1 == number, fault));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Call call = new Call(exchange);
      Fault fault = register(line(call));
      fault.apply(call, () -> answer(call));
    }
  }

  private synchronized Fault register(String line) {
    requests.add(line);
    for (Planned planned : faults) {
      if (planned.request().test(line)) {
        faults.remove(planned);
        return planned.fault();
      }
    }
    return (call, effect) -> send(call, answer(call));
  }

  private Answer answer(Call call) throws IOException {
    call.read();
    synchronized (this) {
      try {
        return process(call);
      } catch (Rejection e) {
        return refuse(e);
      }
    }
  }

  /** Returns how this cloud refuses a request. */
  Answer refuse(Rejection rejection) {
    return Answer.of(
        rejection.status(),
        Map.of(),
        JsonMapper.shared().createObjectNode().put("message", rejection.text()).toString());
  }

  static void send(Call call, Answer answer) throws IOException {
    answer.headers().forEach(call.exchange().getResponseHeaders()::set);
    byte[] body = call.method().equals("HEAD") ? new byte[0] : answer.body();
    call.exchange().sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    call.exchange().getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
