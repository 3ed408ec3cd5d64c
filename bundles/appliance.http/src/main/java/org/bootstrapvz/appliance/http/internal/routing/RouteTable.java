/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.HttpResource;
import org.bootstrapvz.appliance.api.http.Route;
import org.bootstrapvz.appliance.http.internal.extension.ExtensionGuard;
import org.bootstrapvz.appliance.http.internal.extension.ExtensionThreads;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of all {@link HttpResource} services, collected at run time. Safe for use by several
 * threads. Resources of this bundle are instantiated by the first request, those of other bundles
 * in threads of their own. A route of another bundle that would answer a request which a route of
 * this bundle answers is ignored.
 */
@Component(service = RouteTable.class)
public final class RouteTable {
  private static final Logger LOG = LoggerFactory.getLogger(RouteTable.class);

  /** Paths of other bundles start with this. */
  private static final String API = "/api/";

  private final ExtensionThreads threads;
  private final long ownBundle;

  /** Highest ranking first, then by order of registration. */
  private final Map<ServiceReference<HttpResource>, CollectedResource> resources =
      new ConcurrentSkipListMap<>(Comparator.reverseOrder());

  /** Routes of this bundle whose resource is not registered, by the name of its component. */
  private final Map<Object, List<CollectedRoute>> restarting = new ConcurrentHashMap<>();

  /** Called by the container. */
  @Activate
  public RouteTable(BundleContext context, @Reference ExtensionThreads threads) {
    this(context.getBundle().getBundleId(), threads);
  }

  /** Without routes. Handlers of the own bundle run in the thread of the request. */
  public static RouteTable of(long ownBundle, ExtensionThreads threads) {
    return new RouteTable(ownBundle, threads);
  }

  private RouteTable(long ownBundle, ExtensionThreads threads) {
    this.ownBundle = ownBundle;
    this.threads = threads;
  }

  /** Called by the container. */
  @Reference(
      service = HttpResource.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  public void bindResource(ComponentServiceObjects<HttpResource> service) {
    ServiceReference<HttpResource> reference = service.getServiceReference();
    CollectedResource resource;
    if (reference.getBundle().getBundleId() == ownBundle) {
      resource = CollectedResource.own(service::getService, service::ungetService);
      restarting.remove(component(reference));
    } else {
      resource =
          CollectedResource.foreign(
              service::getService,
              service::ungetService,
              threads.guard(reference.getBundle()),
              route -> accept(route, reference));
    }
    resources.put(reference, resource);
  }

  /** Called by the container. */
  public void unbindResource(ComponentServiceObjects<HttpResource> service) {
    ServiceReference<HttpResource> reference = service.getServiceReference();
    CollectedResource resource = resources.remove(reference);
    if (resource != null) {
      if (resource.own()) {
        restarting.put(
            component(reference),
            resource.knownRoutes().stream().map(CollectedRoute::unavailable).toList());
      }
      resource.close();
    }
  }

  private static Object component(ServiceReference<?> reference) {
    return reference.getProperty(ComponentConstants.COMPONENT_NAME);
  }

  private static boolean accept(Route route, ServiceReference<?> reference) {
    if (!route.path().startsWith(API)) {
      LOG.warn(
          "The bundle {} adds a route with the path {}, which is ignored: it must start with {}",
          reference.getBundle().getSymbolicName(),
          route.path(),
          API);
      return false;
    }
    return true;
  }

  /**
   * A route that answers a request, with the values of the variables in its path.
   *
   * @param variables decoded
   */
  public record Match(CollectedRoute route, Map<String, String> variables) {}

  /**
   * Finds the route for a request. Fixed segments win over variables, then the order of the
   * resources counts.
   *
   * @throws HttpProblem with status 400, 404, 405, or 503 if the resource is restarting
   */
  public Match match(String method, String path) throws HttpProblem {
    List<String> segments = PathTemplate.segments(path);
    TreeSet<String> methods = new TreeSet<>();
    Optional<Match> best = Optional.empty();
    for (CollectedRoute route : all()) {
      Optional<Map<String, String>> variables = route.match(segments);
      if (variables.isPresent()) {
        methods.add(route.route().method());
        if (route.answers(method)
            && (best.isEmpty()
                || route.specificity().compareTo(best.get().route().specificity()) < 0)) {
          best = Optional.of(new Match(route, variables.get()));
        }
      }
    }
    if (best.isEmpty()) {
      throw methods.isEmpty() ? notFound(path) : notAllowed(methods);
    }
    if (!best.get().route().available()) {
      throw new HttpProblem(503, "This part of the appliance is restarting; try again later")
          .withHeader("Retry-After", "5");
    }
    return best.get();
  }

  private static HttpProblem notFound(String path) {
    return HttpProblem.notFound(
        "There is no resource " + path + "; see /api/v1/openapi.json for those that exist");
  }

  private static HttpProblem notAllowed(TreeSet<String> methods) {
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    String allowed = String.join(", ", methods);
    return new HttpProblem(405, "This resource accepts only " + allowed)
        .withHeader("Allow", allowed);
  }

  /** The routes that answer requests: of those with the same method and path, the first. */
  public Collection<CollectedRoute> routes() {
    Map<String, CollectedRoute> routes = new TreeMap<>();
    for (CollectedRoute route : all()) {
      routes.putIfAbsent(route.route().path() + " " + route.route().method(), route);
    }
    return routes.values();
  }

  /** Those of the appliance first, even while they are restarting. */
  private List<CollectedRoute> all() {
    List<CollectedRoute> own = new ArrayList<>();
    List<CollectedRoute> foreign = new ArrayList<>();
    resources
        .values()
        .forEach(resource -> (resource.own() ? own : foreign).addAll(resource.routes()));
    restarting.values().forEach(own::addAll);
    foreign.removeIf(route -> isRefused(route, own));
    own.addAll(foreign);
    return own;
  }

  /**
   * Checked with each request, since the resources of the appliance may be registered after those
   * of other bundles.
   */
  private static boolean isRefused(CollectedRoute route, List<CollectedRoute> own) {
    for (CollectedRoute each : own) {
      if (route.overlaps(each)) {
        if (route.toBeReported()) {
          LOG.warn(
              "The bundle {} adds the route {}, which is ignored: the appliance itself answers {}."
                  + " Choose a path that no route of the appliance matches",
              route.guard().map(ExtensionGuard::bundle).orElse(""),
              text(route),
              text(each));
        }
        return true;
      }
    }
    return false;
  }

  private static String text(CollectedRoute route) {
    return route.route().method() + " " + route.route().path();
  }
}
