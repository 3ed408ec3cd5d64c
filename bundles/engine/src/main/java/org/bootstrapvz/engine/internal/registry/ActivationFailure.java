/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Says why a component could not be activated, from what Declarative Services recorded. */
public record ActivationFailure(BundleContext context) {
  /** The class and the message of the exception; empty if none is recorded. */
  public Optional<String> of(ServiceReference<?> service) {
    ServiceReference<ServiceComponentRuntime> reference =
        context.getServiceReference(ServiceComponentRuntime.class);
    ServiceComponentRuntime runtime = reference == null ? null : context.getService(reference);
    if (reference == null || runtime == null) {
      return Optional.empty();
    }
    try {
      return recorded(runtime, service);
    } finally {
      context.ungetService(reference);
    }
  }

  private static Optional<String> recorded(
      ServiceComponentRuntime runtime, ServiceReference<?> service) {
    String name = String.valueOf(service.getProperty(ComponentConstants.COMPONENT_NAME));
    return Stream.ofNullable(service.getBundle())
        .map(bundle -> runtime.getComponentDescriptionDTO(bundle, name))
        .filter(Objects::nonNull)
        .flatMap(description -> runtime.getComponentConfigurationDTOs(description).stream())
        .map(configuration -> configuration.failure)
        .filter(Objects::nonNull)
        .filter(text -> !text.isBlank())
        .findFirst()
        .map(ActivationFailure::rootCause);
  }

  /** The first line of a stack trace, or that of its last cause. */
  private static String rootCause(String stackTrace) {
    String marker = "Caused by: ";
    int last = stackTrace.lastIndexOf(marker);
    return stackTrace
        .substring(last < 0 ? 0 : last + marker.length())
        .lines()
        .findFirst()
        .orElse("");
  }
}
