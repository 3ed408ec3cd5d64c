/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The handle of a service in the registry of the framework. */
record ReferenceHandle<T>(BundleContext context, ServiceReference<T> reference)
    implements ServiceHandle<T> {
  @Override
  public Optional<T> obtain() {
    return Optional.ofNullable(context.getServiceObjects(reference))
        .map(objects -> objects.getService());
  }

  @Override
  public Optional<String> failure() {
    return new ActivationFailure(context).of(reference);
  }

  @Override
  public void release(T service) {
    try {
      Optional.ofNullable(context.getServiceObjects(reference))
          .ifPresent(objects -> objects.ungetService(service));
    } catch (IllegalArgumentException e) {
      // The bundle of the service was stopped, which released it.
    }
  }
}
