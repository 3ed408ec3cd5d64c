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
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.Request;
import org.bootstrapvz.appliance.api.http.RequestHead;
import org.bootstrapvz.appliance.api.http.Response;
import org.bootstrapvz.appliance.api.http.Route;
import org.bootstrapvz.appliance.http.internal.HttpConfiguration;
import org.bootstrapvz.appliance.http.internal.connections.Peer;
import org.bootstrapvz.appliance.http.internal.exchange.BodyBudget;
import org.bootstrapvz.appliance.http.internal.exchange.BodyReader;
import org.bootstrapvz.appliance.http.internal.exchange.ReceivedRequest;
import org.bootstrapvz.appliance.http.internal.exchange.Responses;
import org.bootstrapvz.appliance.http.internal.exchange.SecurityHeaders;
import org.bootstrapvz.appliance.http.internal.extension.ExtensionGuard;
import org.bootstrapvz.appliance.http.internal.extension.ExtensionUnavailableException;
import org.bootstrapvz.appliance.http.internal.routing.CollectedRoute;
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

  /** The maximum body of a route that needs no token, unless a plugin adds it. */
  private static final int MAX_OPEN_BODY_BYTES = 16 * 1024;

  /** The number of bodies of the maximum size that may arrive at once. */
  private static final int MAX_BODIES = 32;

  private static final int MAX_WAITING = 1000;

  /** The acceptor and the selector need a thread each. */
  private static final int SERVER_THREADS = 2;

  private final transient RouteTable table;
  private final int maxBodyBytes;
  private final transient Admission admission;

  /** Of users and of others, so that others cannot take the memory from users. */
  private final transient BodyBudget users;

  private final transient BodyBudget others;

  /** Called by the container. */
  @Activate
  public ApiServlet(HttpConfiguration configuration, @Reference RouteTable table) {
    this(
        table,
        (int) Bytes.parse(configuration.maxBodySize()).count(),
        configuration.threads() - SERVER_THREADS);
  }

  /**
   * A servlet for these routes.
   *
   * @param threads the number of threads that can process requests
   */
  public ApiServlet(RouteTable table, int maxBodyBytes, int threads) {
    this.table = table;
    this.maxBodyBytes = maxBodyBytes;
    this.admission = new Admission(threads, MAX_WAITING);
    this.users = new BodyBudget((long) MAX_BODIES * maxBodyBytes);
    this.others = new BodyBudget((long) MAX_BODIES * maxBodyBytes);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    SecurityHeaders.ALL.forEach(response::setHeader);
    try {
      handle(request);
    } catch (Throwable e) { // an Error, too, is an answer and not a page of the server
      Responses.refuse(request, response, problem(request.getMethod(), request.getRequestURI(), e));
    }
  }

  /** Returns without waiting: for the body, for other requests, or for the client. */
  private void handle(HttpServletRequest request) throws Exception {
    RouteTable.Match match = table.match(request.getMethod(), request.getRequestURI());
    Route route = match.route().route();
    Optional<Identity> caller = Optional.empty();
    if (route.role().isPresent()) {
      caller = Optional.of(Authentication.require(request, route.role().get()));
      Peer.of(request).identified(caller.get().role());
    }
    checkType(request);
    int maxBytes = maxBodyBytes(match.route());
    BodyReader.checkLength(request, maxBytes);
    ReceivedRequest received = ReceivedRequest.of(request, match.variables(), caller);
    Admission.Lane lane = lane(request, caller);
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    if (!BodyReader.hasBody(request)) {
      admit(context, lane, match.route(), received, () -> {});
      return;
    }
    BodyBudget.Share share = (caller.isPresent() ? users : others).share();
    BodyReader.start(
        request,
        maxBytes,
        share,
        new BodyReader.Receiver() {
          @Override
          public void received(byte[] body) {
            // Not in the thread that reads, which the server may need to notice a lost client.
            context.start(
                () -> admit(context, lane, match.route(), received.withBody(body), share::close));
          }

          @Override
          public void refused(HttpProblem problem) {
            share.close();
            answer(context, received, Responses.problem(problem));
          }
        });
  }

  private int maxBodyBytes(CollectedRoute route) {
    boolean login = route.guard().isEmpty() && route.route().role().isEmpty();
    return login ? Math.min(maxBodyBytes, MAX_OPEN_BODY_BYTES) : maxBodyBytes;
  }

  /** An open route does not need to know the caller, unless there is no room for everyone. */
  private Admission.Lane lane(HttpServletRequest request, Optional<Identity> caller) {
    Optional<Identity> known =
        caller.isEmpty() && admission.full(Admission.Lane.ANONYMOUS)
            ? Authentication.identify(request)
            : caller;
    return known
        .map(identity -> identity.role() == Role.ADMIN ? Admission.Lane.ADMIN : Admission.Lane.USER)
        .orElse(Admission.Lane.ANONYMOUS);
  }

  private void admit(
      AsyncContext context,
      Admission.Lane lane,
      CollectedRoute route,
      ReceivedRequest request,
      Runnable end) {
    boolean admitted =
        admission.submit(
            lane,
            context::start,
            () -> {
              try {
                process(context, route, request);
              } finally {
                end.run();
              }
            });
    if (!admitted) {
      end.run();
      answer(
          context,
          request,
          Responses.problem(
              new HttpProblem(503, "The appliance is busy; try again later")
                  .withHeader("Retry-After", "5")));
    }
  }

  private static void process(AsyncContext context, CollectedRoute collected, Request request) {
    Route route = collected.route();
    if (collected.guard().isPresent()) {
      process(context, route, request, collected.guard().get());
      return;
    }
    Response answer;
    try {
      answer = route.handler().handle(request);
    } catch (Throwable e) { // also of an Error the client learns in the format of the API
      answer = Responses.problem(problem(request.method(), request.path(), e));
    }
    answer(context, request, answer);
  }

  private static void checkType(HttpServletRequest request) throws HttpProblem {
    String type = Optional.ofNullable(request.getContentType()).orElse("");
    String name = type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    if (BodyReader.hasBody(request) && !BODY_TYPES.contains(name)) {
      throw new HttpProblem(
          415, "The header Content-Type must be application/yaml or application/json");
    }
  }

  /** Returns at once; the answer is sent when the handler has returned, or after the timeout. */
  private static void process(
      AsyncContext context, Route route, Request request, ExtensionGuard guard) {
    String name = route.method() + " " + route.path();
    guard
        .call(
            name,
            () ->
                Responses.toBytes(
                    Objects.requireNonNull(
                        route.handler().handle(request), "The handler returned null")))
        .handle((answer, problem) -> problem == null ? answer : failure(problem, name, guard))
        .whenComplete((answer, problem) -> answer(context, request, answer));
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

  private static void answer(AsyncContext context, RequestHead request, Response answer) {
    try {
      Responses.complete(context, request.method().equals("HEAD"), answer);
    } catch (IOException | RuntimeException e) {
      LOG.debug("An answer could not be sent: {}", e.toString());
      complete(context);
    }
  }

  private static void complete(AsyncContext context) {
    try {
      context.complete();
    } catch (IllegalStateException e) {
      // The server has already completed it, as the client is gone.
    }
  }

  private static HttpProblem problem(String method, String path, Throwable e) {
    if (e instanceof HttpProblem problem) {
      return problem;
    }
    if (isFullDisk(e)) {
      LOG.error("{} {} failed: {}", method, path, e.toString());
      return new HttpProblem(507, "The disk of the appliance is full");
    }
    if (e instanceof BuildsException failure) {
      return problem(failure);
    }
    LOG.error("{} {} failed", method, path, e);
    return internalError();
  }

  private static boolean isFullDisk(@Nullable Throwable e) {
    return e != null
        && (e instanceof IOException && String.valueOf(e.getMessage()).contains("No space left")
            || isFullDisk(e.getCause()));
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
