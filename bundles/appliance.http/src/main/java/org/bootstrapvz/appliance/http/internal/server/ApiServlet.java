/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.server;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.Request;
import org.bootstrapvz.appliance.api.http.Response;
import org.bootstrapvz.appliance.api.http.Route;
import org.bootstrapvz.appliance.http.internal.HttpConfiguration;
import org.bootstrapvz.appliance.http.internal.exchange.ReceivedRequest;
import org.bootstrapvz.appliance.http.internal.exchange.Responses;
import org.bootstrapvz.appliance.http.internal.extension.ExtensionGuard;
import org.bootstrapvz.appliance.http.internal.extension.ExtensionUnavailableException;
import org.bootstrapvz.appliance.http.internal.routing.RouteTable;
import org.bootstrapvz.appliance.http.internal.security.Authentication;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of the API: finds the route, checks the role of the caller, calls the
 * handler, and turns failures into problems. Handlers of other bundles run in threads of their own.
 */
@Component(
    service = {Servlet.class, ApiServlet.class},
    configurationPid = HttpConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@HttpWhiteboardServletPattern({"/api/*", "/health", "/metrics"})
@HttpWhiteboardServletAsyncSupported
public final class ApiServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);

  /** A browser sends none of these to another site without asking that site first. */
  private static final Set<String> BODY_TYPES =
      Set.of(
          "application/json", "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml");

  private final transient RouteTable table;
  private final int maxBodyBytes;

  /** Called by the container. */
  @Activate
  public ApiServlet(HttpConfiguration configuration, @Reference RouteTable table) {
    this(table, (int) Bytes.parse(configuration.maxBodySize()).count());
  }

  /** A servlet for these routes. */
  public ApiServlet(RouteTable table, int maxBodyBytes) {
    this.table = table;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    try {
      handle(request, response);
    } catch (IOException e) {
      if (!isTimeout(e)) {
        throw e; // The connection is closed, so there is nobody to answer.
      }
      Responses.refuse(
          request,
          response,
          new HttpProblem(408, "Timed out reading the request body")
              .withHeader("Connection", "close"));
    } catch (Exception e) {
      Responses.refuse(request, response, problem(request, e));
    }
  }

  private void handle(HttpServletRequest request, HttpServletResponse response) throws Exception {
    RouteTable.Match match = table.match(request.getMethod(), request.getRequestURI());
    Route route = match.route().route();
    Optional<Identity> caller = Optional.empty();
    if (route.role().isPresent()) {
      caller = Optional.of(Authentication.require(request, route.role().get()));
    }
    checkType(request);
    Request received = ReceivedRequest.read(request, match.variables(), caller, maxBodyBytes);
    if (match.route().guard().isEmpty()) {
      Responses.send(request, response, route.handler().handle(received));
    } else {
      handle(request, received, route, match.route().guard().get());
    }
  }

  private static void checkType(HttpServletRequest request) throws HttpProblem {
    boolean hasBody =
        request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    String type = Optional.ofNullable(request.getContentType()).orElse("");
    String name = type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    if (hasBody && !BODY_TYPES.contains(name)) {
      throw new HttpProblem(
          415, "The header Content-Type must be application/yaml or application/json");
    }
  }

  /** Returns at once; the answer is sent when the handler has returned, or after the timeout. */
  private static void handle(
      HttpServletRequest request, Request received, Route route, ExtensionGuard guard) {
    String name = route.method() + " " + route.path();
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    guard
        .call(
            name,
            () ->
                Responses.toBytes(
                    Objects.requireNonNull(
                        route.handler().handle(received), "The handler returned null")))
        .handle((answer, problem) -> problem == null ? answer : failure(problem, name, guard))
        .whenComplete((answer, problem) -> complete(context, answer));
  }

  private static Response failure(Throwable problem, String name, ExtensionGuard guard) {
    if (problem instanceof ExtensionUnavailableException) {
      return Responses.problem(
          new HttpProblem(503, String.valueOf(problem.getMessage()))
              .withHeader("Retry-After", "5"));
    }
    if (problem instanceof HttpProblem refused) {
      return safely(refused, name, guard);
    }
    if (problem instanceof BuildsException e) {
      return Responses.problem(problem(e));
    }
    LOG.error("The bundle {} failed to answer {}", guard.bundle(), name, problem);
    return Responses.problem(internalError());
  }

  /** The members of a problem are of the bundle, too. */
  private static Response safely(HttpProblem refused, String name, ExtensionGuard guard) {
    try {
      return Responses.problem(refused);
    } catch (RuntimeException e) {
      LOG.error("The bundle {} failed to answer {}", guard.bundle(), name, e);
      return Responses.problem(internalError());
    }
  }

  private static void complete(AsyncContext context, Response answer) {
    try {
      Responses.complete(context, answer);
    } catch (IOException | RuntimeException e) {
      LOG.debug("An answer could not be sent", e);
      context.complete();
    }
  }

  private static boolean isTimeout(@Nullable Throwable problem) {
    return problem != null
        && (problem instanceof TimeoutException || isTimeout(problem.getCause()));
  }

  private static HttpProblem problem(HttpServletRequest request, Exception e) {
    if (e instanceof HttpProblem problem) {
      return problem;
    }
    if (e instanceof BuildsException failure) {
      return problem(failure);
    }
    LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
    return internalError();
  }

  private static HttpProblem internalError() {
    return new HttpProblem(500, "Internal server error; see the log of the appliance");
  }

  private static HttpProblem problem(BuildsException e) {
    int status =
        switch (e.reason()) {
          case UNKNOWN -> 404;
          case CONFLICT -> 409;
          case INVALID -> 400;
          case UNAVAILABLE -> 503;
        };
    return new HttpProblem(status, String.valueOf(e.getMessage()));
  }
}
