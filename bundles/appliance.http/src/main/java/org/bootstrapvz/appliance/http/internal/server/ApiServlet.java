/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of a request, lets in who may, and turns what goes wrong into a problem. */
final class Dispatcher extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** A browser sends none of these to another origin without asking there first. */
  private static final Set<String> BODY_TYPES =
      Set.of(
          "application/json", "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml");

  private final transient List<Route> routes;
  private final transient Gate gate;
  private final int mostBytes;

  Dispatcher(List<Route> routes, Gate gate, int mostBytes) {
    this.routes = List.copyOf(routes);
    this.gate = gate;
    this.mostBytes = mostBytes;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    try {
      handle(request, response);
    } catch (HttpProblem problem) {
      refuse(request, response, problem);
    } catch (BuildsException e) {
      refuse(request, response, new HttpProblem(status(e), e.getMessage()));
    } catch (IOException e) {
      if (!isTimeout(e)) {
        throw e; // The connection is gone, so there is nobody to tell.
      }
      refuse(
          request,
          response,
          new HttpProblem(408, "The body did not come").header("Connection", "close"));
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
      refuse(
          request,
          response,
          new HttpProblem(500, "The appliance has a fault; its log tells which"));
    }
  }

  private void handle(HttpServletRequest request, HttpServletResponse response)
      throws IOException, HttpProblem {
    gate.checkHost(request);
    List<String> segments = segments(request);
    Set<String> methods = new TreeSet<>();
    for (Route route : routes) {
      Optional<Map<String, String>> variables = route.match(segments);
      if (variables.isEmpty()) {
        continue;
      }
      methods.add(route.method());
      if (route.answers(request.getMethod())) {
        Optional<Identity> caller = Optional.empty();
        if (route.role().isPresent()) {
          caller = Optional.of(gate.admit(request, route.role().get()));
        }
        checkType(request);
        route.handler().handle(new Exchange(request, response, variables.get(), caller, mostBytes));
        return;
      }
    }
    if (methods.isEmpty()) {
      throw HttpProblem.notFound(
          "There is nothing at " + request.getRequestURI() + "; see /api/v1/openapi.json");
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    String allowed = String.join(", ", methods);
    throw new HttpProblem(405, "Possible here: " + allowed).header("Allow", allowed);
  }

  private static List<String> segments(HttpServletRequest request) throws HttpProblem {
    try {
      return Route.segments(request.getRequestURI());
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest("The path is malformed");
    }
  }

  private static void checkType(HttpServletRequest request) throws HttpProblem {
    boolean hasBody =
        request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    String type = Optional.ofNullable(request.getContentType()).orElse("");
    String name = type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    if (hasBody && !BODY_TYPES.contains(name)) {
      throw new HttpProblem(
          415, "The header Content-Type should be application/yaml or application/json");
    }
  }

  private static boolean isTimeout(Throwable problem) {
    return problem != null
        && (problem instanceof TimeoutException || isTimeout(problem.getCause()));
  }

  private static int status(BuildsException e) {
    return switch (e.reason()) {
      case UNKNOWN -> 404;
      case CONFLICT -> 409;
      case INVALID -> 400;
      case UNAVAILABLE -> 503;
    };
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, HttpProblem problem)
      throws IOException {
    if (response.isCommitted()) {
      return; // What was sent cannot be taken back; the caller sees that it is cut short.
    }
    response.resetBuffer();
    problem.headers().forEach(response::setHeader);
    byte[] bytes = Json.bytes(problem.json());
    response.setStatus(problem.status());
    response.setContentType(Json.PROBLEM_TYPE);
    response.setContentLengthLong(bytes.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(bytes);
    }
  }
}
