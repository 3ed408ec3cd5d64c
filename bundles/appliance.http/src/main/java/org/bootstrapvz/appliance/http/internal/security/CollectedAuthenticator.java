/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.http.Authenticator;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.RequestHead;
import org.bootstrapvz.appliance.http.internal.extension.ExtensionGuard;
import org.bootstrapvz.appliance.http.internal.extension.ExtensionUnavailableException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentServiceObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registered authenticator. It is instantiated by the first call and kept until it is no longer
 * registered: a {@link ComponentServiceObjects} counts a service that several threads get at once
 * only once. Safe for use by several threads.
 */
final class CollectedAuthenticator {
  private static final Logger LOG = LoggerFactory.getLogger(CollectedAuthenticator.class);

  private final ComponentServiceObjects<Authenticator> service;
  private final Optional<ExtensionGuard> guard;
  private final Object creation = new Object();

  /** Null until the first call. Written under {@code creation}. */
  private volatile @Nullable Authenticator authenticator;

  private volatile boolean closed;

  /** An authenticator of this bundle, called in the thread of the request. */
  CollectedAuthenticator(ComponentServiceObjects<Authenticator> service) {
    this.service = service;
    guard = Optional.empty();
  }

  /** An authenticator of another bundle. */
  CollectedAuthenticator(ComponentServiceObjects<Authenticator> service, ExtensionGuard guard) {
    this.service = service;
    this.guard = Optional.of(guard);
  }

  /** Identifies the caller; empty also if an authenticator of another bundle fails. */
  Optional<Identity> authenticate(RequestHead request) throws HttpProblem {
    return guard.isEmpty() ? call(request) : callGuarded(guard.get(), request);
  }

  private Optional<Identity> callGuarded(ExtensionGuard guarded, RequestHead request)
      throws HttpProblem {
    if (guarded.hanging()) {
      return Optional.empty();
    }
    try {
      return guarded.call("an authenticator", () -> call(request)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof HttpProblem refused) {
        throw refused;
      }
      if (!(e.getCause() instanceof ExtensionUnavailableException)) {
        LOG.error("An authenticator of the bundle {} failed", guarded.bundle(), e.getCause());
      }
      return Optional.empty();
    }
  }

  private Optional<Identity> call(RequestHead request) throws HttpProblem {
    Optional<Authenticator> current = authenticator();
    return current.isEmpty()
        ? Optional.empty()
        : Objects.requireNonNull(
            current.get().authenticate(request), "The authenticator returned null");
  }

  private Optional<Authenticator> authenticator() {
    synchronized (creation) {
      if (authenticator == null && !closed) {
        authenticator = service.getService();
      }
      return closed ? Optional.empty() : Optional.ofNullable(authenticator);
    }
  }

  /** The service is no longer registered. Does not wait for one that hangs while it is created. */
  void close() {
    closed = true;
    Authenticator current = authenticator;
    if (current != null) {
      service.ungetService(current);
    }
  }
}
