/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;

/**
 * Exchanges HTTP messages with a server and those that it names, and reports connection errors.
 * Redirects are not followed, and nothing is sent without encryption to another machine. An
 * interrupt of the sending thread ends the exchange. Safe for use by several threads.
 */
public final class HttpConnection implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration TICK = Duration.ofMillis(250);

  private final Server server;
  private final HttpClient http;
  private final boolean metadata;

  /**
   * Creates a connection.
   *
   * @param http its version, redirects and the time to connect are set here
   */
  public HttpConnection(Server server, HttpClient.Builder http) {
    this(server, http, false);
  }

  /**
   * Creates a connection to the metadata server that a cloud has for its machines. Nothing secret
   * is to be sent to it. It is never behind a proxy.
   */
  public static HttpConnection toMetadataServer(Server server) {
    return new HttpConnection(
        server, HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY), true);
  }

  private HttpConnection(Server server, HttpClient.Builder http, boolean metadata) {
    this.server = server;
    this.metadata = metadata;
    this.http =
        http.version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  /** Returns how messages name the server. */
  public Server server() {
    return server;
  }

  /** Sends a request with a small body. */
  public Response send(HttpRequest request) throws BuildException {
    return send(request, Waiting.NOTHING, Limits.SMALL);
  }

  /**
   * Sends a request and waits for the response.
   *
   * @throws ConnectionException if there was none
   * @throws BuildCancelledException if the thread was interrupted; it stays so
   */
  public Response send(HttpRequest request, Waiting waiting, Limits limits) throws BuildException {
    requireSafe(request.uri());
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request, head -> new BoundedBody());
    try {
      return new Response(await(exchange, request.uri(), waiting, limits), Instant.now());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BuildCancelledException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException problem) {
        throw explain(problem, request.uri());
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      // Closes the socket of an exchange that is not complete.
      exchange.cancel(true);
    }
  }

  private HttpResponse<byte[]> await(
      CompletableFuture<HttpResponse<byte[]>> exchange, URI target, Waiting waiting, Limits limits)
      throws InterruptedException, ExecutionException, ConnectionException {
    long start = System.nanoTime();
    long lastMove = start;
    long lastSent = 0;
    while (true) {
      try {
        return exchange.get(TICK.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        waiting.tick();
      }
      long now = System.nanoTime();
      if (waiting.sent() != lastSent) {
        lastSent = waiting.sent();
        lastMove = now;
      }
      Duration limit = waiting.isSent() ? limits.answer() : limits.stall();
      if (now - lastMove >= limit.toNanos() || now - start >= limits.total().toNanos()) {
        throw new ConnectionException(
            ConnectionException.Kind.BROKEN, the(target) + " does not answer", null);
      }
    }
  }

  private void requireSafe(URI target) throws ConnectionException {
    if (!Encryption.isSafe(target) && !(metadata && Encryption.isMetadataServer(target))) {
      throw new ConnectionException(
          ConnectionException.Kind.UNSAFE,
          "The "
              + server.name()
              + " points to "
              + target.getScheme()
              + "://"
              + target.getHost()
              + ", where the connection would not be encrypted; nothing was sent there",
          null);
    }
  }

  private ConnectionException explain(IOException problem, URI target) {
    if (problem instanceof ConnectException || problem instanceof HttpConnectTimeoutException) {
      return new ConnectionException(
          ConnectionException.Kind.UNREACHABLE,
          the(target)
              + " cannot be reached"
              + (problem.getMessage() == null ? "" : ": " + problem.getMessage())
              + ". "
              + server.addressRemedy(),
          problem);
    }
    // An established connection that breaks off has the error of the socket as its cause.
    if (problem instanceof SSLException && !(problem.getCause() instanceof SocketException)) {
      return new ConnectionException(
          ConnectionException.Kind.UNSAFE,
          "No encrypted connection to the "
              + server.name()
              + " at "
              + root(target)
              + " came about: "
              + (String.valueOf(problem.getMessage()).startsWith("PKIX")
                  ? "Java does not trust the issuer of its certificate"
                  : problem.getMessage())
              + (Encryption.isLoopback(target) && !server.plainRemedy().isEmpty()
                  ? ". " + server.plainRemedy()
                  : ""),
          problem);
    }
    return new ConnectionException(
        ConnectionException.Kind.BROKEN,
        "The connection to the " + server.name() + " at " + root(target) + " broke off",
        problem);
  }

  private String the(URI target) {
    return "The " + server.name() + " at " + root(target);
  }

  /** Without path and query, which may contain a secret. */
  private static URI root(URI target) {
    return target.resolve("/");
  }

  /**
   * Closes the client, which stops its threads, in versions of Java that support it; older ones
   * stop them by themselves.
   */
  @Override
  public void close() {
    if ((Object) http instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
