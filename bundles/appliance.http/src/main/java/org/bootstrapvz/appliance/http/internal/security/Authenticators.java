/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.http.Authenticator;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.RequestHead;
import org.bootstrapvz.appliance.http.internal.extension.ExtensionGuard;
import org.bootstrapvz.appliance.http.internal.extension.ExtensionThreads;
import org.bootstrapvz.appliance.http.internal.extension.ExtensionUnavailableException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All {@link Authenticator} services, collected at run time. Safe for use by several threads. One
 * of another bundle that throws or hangs is skipped; as long as it hangs it is not called again.
 */
@Component(service = Authenticators.class)
public final class Authenticators {
  private static final Logger LOG = LoggerFactory.getLogger(Authenticators.class);

  private interface Call {
    Optional<Identity> authenticate(RequestHead request) throws HttpProblem;
  }

  private final ExtensionThreads threads;
  private final long ownBundle;

  /** Highest ranking first, then by order of registration. */
  private final Map<ServiceReference<Authenticator>, Call> calls =
      new ConcurrentSkipListMap<>(Comparator.reverseOrder());

  /** Called by the container. */
  @Activate
  public Authenticators(BundleContext context, @Reference ExtensionThreads threads) {
    this(context.getBundle().getBundleId(), threads);
  }

  /** Without authenticators. Those of the own bundle run in the thread of the request. */
  public Authenticators(long ownBundle, ExtensionThreads threads) {
    this.ownBundle = ownBundle;
    this.threads = threads;
  }

  /** Called by the container. */
  @Reference(
      service = Authenticator.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  public void bindAuthenticator(ComponentServiceObjects<Authenticator> service) {
    ServiceReference<Authenticator> reference = service.getServiceReference();
    if (reference.getBundle().getBundleId() == ownBundle) {
      calls.put(reference, request -> ask(service, request));
    } else {
      ExtensionGuard guard = threads.guard(reference.getBundle());
      calls.put(reference, request -> ask(guard, service, request));
    }
  }

  /** Called by the container. */
  public void unbindAuthenticator(ComponentServiceObjects<Authenticator> service) {
    calls.remove(service.getServiceReference());
  }

  private static Optional<Identity> ask(
      ComponentServiceObjects<Authenticator> service, RequestHead request) throws HttpProblem {
    Authenticator authenticator = service.getService();
    if (authenticator == null) {
      return Optional.empty();
    }
    try {
      return Objects.requireNonNull(
          authenticator.authenticate(request), "The authenticator returned null");
    } finally {
      service.ungetService(authenticator);
    }
  }

  private static Optional<Identity> ask(
      ExtensionGuard guard, ComponentServiceObjects<Authenticator> service, RequestHead request)
      throws HttpProblem {
    if (guard.hanging()) {
      return Optional.empty();
    }
    try {
      return guard.call("an authenticator", () -> ask(service, request)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof HttpProblem refused) {
        throw refused;
      }
      if (!(e.getCause() instanceof ExtensionUnavailableException)) {
        LOG.error("An authenticator of the bundle {} failed", guard.bundle(), e.getCause());
      }
      return Optional.empty();
    }
  }

  /** Identifies the caller of a request; empty if no authenticator knows it. */
  Optional<Identity> authenticate(RequestHead request) throws HttpProblem {
    for (Call call : calls.values()) {
      Optional<Identity> identity = call.authenticate(request);
      if (identity.isPresent()) {
        return identity;
      }
    }
    return Optional.empty();
  }
}
