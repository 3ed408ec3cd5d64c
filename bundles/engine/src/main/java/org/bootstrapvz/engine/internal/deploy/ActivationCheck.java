/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.util.Optional;
import java.util.stream.Stream;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.Provider;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * Whether the providers and plugins of a bundle can be activated. Their services are there before
 * anybody knows, as Declarative Services activates a component when it is first used.
 */
final class ActivationCheck {
  private final BundleContext context;

  ActivationCheck(BundleContext context) {
    this.context = context;
  }

  /** What is wrong with the first that cannot be activated, as the end of a sentence. */
  Optional<String> of(Bundle bundle) {
    ServiceReference<?>[] services = bundle.getRegisteredServices();
    for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
      if (isExtension(service)) {
        if (context.getService(service) == null) {
          return Optional.of("cannot be used: " + name(service) + failure(service));
        }
        context.ungetService(service);
      }
    }
    return Optional.empty();
  }

  private static boolean isExtension(ServiceReference<?> service) {
    return Stream.of((String[]) service.getProperty(Constants.OBJECTCLASS))
        .anyMatch(
            type -> type.equals(Plugin.class.getName()) || type.equals(Provider.class.getName()));
  }

  private static String name(ServiceReference<?> service) {
    return String.valueOf(service.getProperty(ComponentConstants.COMPONENT_NAME));
  }

  /** Whoever asks for the service gets nothing; the runtime of the components knows why. */
  private String failure(ServiceReference<?> service) {
    ServiceReference<ServiceComponentRuntime> reference =
        context.getServiceReference(ServiceComponentRuntime.class);
    ServiceComponentRuntime runtime = reference == null ? null : context.getService(reference);
    ComponentDescriptionDTO description =
        runtime == null
            ? null
            : runtime.getComponentDescriptionDTO(service.getBundle(), name(service));
    String failure =
        description == null
            ? ""
            : runtime.getComponentConfigurationDTOs(description).stream()
                .map(configuration -> configuration.failure)
                .filter(text -> text != null && !text.isBlank())
                .findFirst()
                .map(ActivationCheck::rootCause)
                .orElse("");
    return " cannot be activated" + (failure.isEmpty() ? "" : ": " + failure);
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
