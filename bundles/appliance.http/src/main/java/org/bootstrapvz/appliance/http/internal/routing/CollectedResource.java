/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.routing;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bootstrapvz.appliance.api.http.HttpResource;
import org.bootstrapvz.appliance.api.http.Route;
import org.bootstrapvz.appliance.http.internal.extension.ExtensionGuard;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A registered resource and, once it has been instantiated, its routes. */
final class CollectedResource {
  private static final Logger LOG = LoggerFactory.getLogger(CollectedResource.class);

  private final Supplier<? extends @Nullable HttpResource> get;
  private final Consumer<HttpResource> release;
  private final Optional<ExtensionGuard> guard;

  /** Null until it is instantiated. Guarded by this. */
  private @Nullable HttpResource resource;

  /** Null until the resource is instantiated. Guarded by this. */
  private @Nullable List<CollectedRoute> routes;

  /** Guarded by this. */
  private boolean closed;

  private CollectedResource(
      Supplier<? extends @Nullable HttpResource> get,
      Consumer<HttpResource> release,
      Optional<ExtensionGuard> guard) {
    this.get = get;
    this.release = release;
    this.guard = guard;
  }

  /** A resource of this bundle, instantiated when its routes are first needed. */
  static CollectedResource own(
      Supplier<? extends @Nullable HttpResource> get, Consumer<HttpResource> release) {
    return new CollectedResource(get, release, Optional.empty());
  }

  /** A resource of another bundle. It has no routes until it has been instantiated elsewhere. */
  static CollectedResource foreign(
      Supplier<? extends @Nullable HttpResource> get,
      Consumer<HttpResource> release,
      ExtensionGuard guard,
      Predicate<Route> accepted) {
    CollectedResource collected = new CollectedResource(get, release, Optional.of(guard));
    guard
        .call(
            "the creation of an HTTP resource",
            () -> {
              HttpResource resource = get.get();
              if (resource != null) {
                collected.opened(resource, List.copyOf(resource.routes()), accepted);
              }
              return resource != null;
            })
        .whenComplete(
            (created, problem) -> {
              if (problem != null) {
                LOG.warn(
                    "An HTTP resource of the bundle {} is ignored: {}",
                    guard.bundle(),
                    problem.getMessage(),
                    problem);
              }
            });
    return collected;
  }

  private void opened(HttpResource opened, List<Route> offered, Predicate<Route> accepted) {
    List<CollectedRoute> usable =
        offered.stream()
            .filter(accepted)
            .map(route -> new CollectedRoute(route, guard, true))
            .toList();
    synchronized (this) {
      if (!closed) {
        resource = opened;
        routes = usable;
        return;
      }
    }
    release.accept(opened);
  }

  boolean own() {
    return guard.isEmpty();
  }

  synchronized List<CollectedRoute> routes() {
    if (routes == null && guard.isEmpty() && !closed) {
      resource = get.get();
      routes =
          resource == null
              ? List.of()
              : resource.routes().stream()
                  .map(route -> new CollectedRoute(route, guard, true))
                  .toList();
    }
    return knownRoutes();
  }

  /** The routes as far as they are known; does not instantiate the resource. */
  synchronized List<CollectedRoute> knownRoutes() {
    return routes == null ? List.of() : routes;
  }

  /** The service is no longer registered. */
  void close() {
    HttpResource opened;
    synchronized (this) {
      closed = true;
      opened = resource;
      resource = null;
      routes = List.of();
    }
    if (opened != null) {
      release.accept(opened);
    }
  }
}
