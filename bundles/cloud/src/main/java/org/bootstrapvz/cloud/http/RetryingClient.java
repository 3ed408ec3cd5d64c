/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import static java.net.HttpURLConnection.HTTP_CLIENT_TIMEOUT;
import static java.net.HttpURLConnection.HTTP_ENTITY_TOO_LARGE;
import static java.net.HttpURLConnection.HTTP_UNAVAILABLE;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.bootstrapvz.api.problem.BuildException;

/**
 * Sends requests and repeats those that fail for a passing reason: too many requests, an error of
 * the server, a connection that breaks off. A login that expired is renewed once for each request.
 * Used by one thread.
 */
public final class RetryingClient {
  private static final int HTTP_TOO_MANY_REQUESTS = 429;

  private final HttpConnection connection;
  private final Login login;
  private final Retries retries;
  private final RetryRule rule;

  /** Creates a client whose requests share the budget of these retries. */
  public RetryingClient(HttpConnection connection, Login login, Retries retries) {
    this(connection, login, retries, RetryRule.STATUS);
  }

  /** Creates such a client with a rule of the cloud. */
  public RetryingClient(HttpConnection connection, Login login, Retries retries, RetryRule rule) {
    this.connection = connection;
    this.login = login;
    this.retries = retries;
    this.rule = rule;
  }

  /**
   * Sends a request that may be processed twice without harm.
   *
   * @param request creates the request, anew for each attempt
   * @return a response that is none of those that are retried
   * @throws BuildException if there is none after the budget was spent
   */
  public Response repeatable(Supplier<HttpRequest.Builder> request) throws BuildException {
    return send(request, true);
  }

  /**
   * Sends a request that must not be processed twice. It is repeated only if the server did not
   * process it.
   *
   * @throws ConnectionException if the server may have processed it
   */
  public Response once(Supplier<HttpRequest.Builder> request) throws BuildException {
    return send(request, false);
  }

  private Response send(Supplier<HttpRequest.Builder> request, boolean repeatable)
      throws BuildException {
    boolean renewed = false;
    while (true) {
      long start = System.nanoTime();
      BuildException failure;
      Optional<Duration> retryAfter = Optional.empty();
      try {
        HttpRequest.Builder builder = request.get();
        login.authorize(builder);
        Response response = connection.send(builder.build());
        RetryRule.Verdict verdict = rule.of(response, repeatable);
        if (verdict == RetryRule.Verdict.RENEW && !renewed) {
          renewed = true;
          if (login.renew(response)) {
            continue;
          }
        }
        if (verdict != RetryRule.Verdict.RETRY) {
          retries.succeeded();
          return response;
        }
        failure = new BuildException(Refusal.describe(connection.server(), "failed", response));
        retryAfter = response.retryAfter();
      } catch (ConnectionException e) {
        if (!isPassing(e, repeatable)) {
          throw e;
        }
        failure = e;
      }
      retries.pause(failure, Duration.ofNanos(System.nanoTime() - start), retryAfter);
    }
  }

  /**
   * Returns whether a later attempt may succeed.
   *
   * @param repeatable whether the server may have processed the request
   */
  public static boolean isPassing(Response response, boolean repeatable) {
    return switch (response.status()) {
      case HTTP_TOO_MANY_REQUESTS -> true;
      case HTTP_ENTITY_TOO_LARGE -> response.retryAfter().isPresent();
      case HTTP_UNAVAILABLE -> repeatable || response.retryAfter().isPresent();
      case HTTP_CLIENT_TIMEOUT -> repeatable;
      default -> repeatable && response.status() >= 500 && response.status() != 501;
    };
  }

  /** Returns whether a later attempt may succeed. */
  public static boolean isPassing(ConnectionException failure, boolean repeatable) {
    return switch (failure.kind()) {
      case UNREACHABLE -> true;
      case BROKEN -> repeatable;
      case UNSAFE -> false;
    };
  }
}
