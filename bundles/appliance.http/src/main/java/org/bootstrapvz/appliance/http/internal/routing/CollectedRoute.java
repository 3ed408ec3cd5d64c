/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.routing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bootstrapvz.appliance.api.http.Route;
import org.bootstrapvz.appliance.http.internal.extension.ExtensionGuard;

/** A route of a resource that is registered, or that was and will be again. */
public final class CollectedRoute {
  private final Route route;
  private final PathTemplate template;
  private final Optional<ExtensionGuard> guard;
  private final boolean available;
  private final AtomicBoolean reported = new AtomicBoolean();

  CollectedRoute(Route route, Optional<ExtensionGuard> guard, boolean available) {
    this.route = route;
    this.template = new PathTemplate(route.path());
    this.guard = guard;
    this.available = available;
  }

  CollectedRoute unavailable() {
    return new CollectedRoute(route, guard, false);
  }

  /** The route. */
  public Route route() {
    return route;
  }

  /** Guards calls of the handler; empty for a route of the appliance itself. */
  public Optional<ExtensionGuard> guard() {
    return guard;
  }

  /** Whether its resource is registered now; false while a part of the appliance restarts. */
  public boolean available() {
    return available;
  }

  boolean answers(String method) {
    return route.method().equals(method) || route.method().equals("GET") && method.equals("HEAD");
  }

  /** Whether both answer some request. */
  boolean overlaps(CollectedRoute other) {
    return (answers(other.route.method()) || other.answers(route.method()))
        && template.overlaps(other.template);
  }

  /** Returns true once, to whoever reports that the route cannot be used. */
  boolean toBeReported() {
    return reported.compareAndSet(false, true);
  }

  Optional<Map<String, String>> match(List<String> segments) {
    return template.match(segments);
  }

  String specificity() {
    return template.specificity();
  }
}
