/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.http.Authenticator;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.RequestHead;
import org.bootstrapvz.appliance.http.internal.extension.ExtensionThreads;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * All {@link Authenticator} services, collected at run time. Safe for use by several threads. One
 * of another bundle that throws or hangs is skipped; as long as it hangs it is not called again.
 */
@Component(service = Authenticators.class)
public final class Authenticators {
  private final ExtensionThreads threads;
  private final long ownBundle;

  /** Highest ranking first, then by order of registration. */
  private final Map<ServiceReference<Authenticator>, CollectedAuthenticator> collected =
      new ConcurrentSkipListMap<>(Comparator.reverseOrder());

  /** Called by the container. */
  @Activate
  public Authenticators(BundleContext context, @Reference ExtensionThreads threads) {
    this(context.getBundle().getBundleId(), threads);
  }

  /** Without authenticators. Those of the own bundle run in the thread of the request. */
  public static Authenticators of(long ownBundle, ExtensionThreads threads) {
    return new Authenticators(ownBundle, threads);
  }

  private Authenticators(long ownBundle, ExtensionThreads threads) {
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
    boolean own = reference.getBundle().getBundleId() == ownBundle;
    collected.put(
        reference,
        own
            ? new CollectedAuthenticator(service)
            : new CollectedAuthenticator(service, threads.guard(reference.getBundle())));
  }

  /** Called by the container. */
  public void unbindAuthenticator(ComponentServiceObjects<Authenticator> service) {
    CollectedAuthenticator removed = collected.remove(service.getServiceReference());
    if (removed != null) {
      removed.close();
    }
  }

  /** Identifies the caller of a request; empty if no authenticator knows it. */
  public Optional<Identity> authenticate(RequestHead request) throws HttpProblem {
    for (CollectedAuthenticator authenticator : collected.values()) {
      Optional<Identity> identity = authenticator.authenticate(request);
      if (identity.isPresent()) {
        return identity;
      }
    }
    return Optional.empty();
  }
}
