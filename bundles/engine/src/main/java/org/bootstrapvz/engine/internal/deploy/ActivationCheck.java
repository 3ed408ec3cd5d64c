/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bootstrapvz.api.extension.BootloaderType;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.engine.internal.registry.ActivationFailure;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentConstants;

/**
 * Checks that all services of a bundle that a manifest can name can be activated. This is not known
 * when they are registered, since Declarative Services activates a component at its first use.
 *
 * <p>Runs third-party code, which may never return: call it from {@link BundleStarter}.
 */
final class ActivationCheck {
  private static final Set<String> EXTENSIONS =
      Set.of(
          Plugin.class.getName(),
          Provider.class.getName(),
          BootloaderType.class.getName(),
          ImageFormatType.class.getName(),
          FilesystemType.class.getName());

  private final BundleContext context;

  ActivationCheck(BundleContext context) {
    this.context = context;
  }

  /** Why the first component that fails cannot be activated, as the end of a sentence. */
  Optional<String> failure(Bundle bundle) {
    return Stream.ofNullable(bundle.getRegisteredServices())
        .flatMap(Stream::of)
        .filter(ActivationCheck::isExtension)
        .filter(service -> use(service, activated -> true).isEmpty())
        .findFirst()
        .map(
            service ->
                "cannot be used: "
                    + name(service)
                    + " cannot be activated"
                    + new ActivationFailure(context)
                        .of(service)
                        .map(cause -> ": " + cause)
                        .orElse(""));
  }

  /** Empty if the service is gone, cannot be activated, or the code returns null. */
  private <T, R> Optional<R> use(
      ServiceReference<T> reference, Function<T, ? extends @Nullable R> code) {
    ServiceObjects<T> objects = context.getServiceObjects(reference);
    T service = objects == null ? null : objects.getService();
    if (objects == null || service == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(code.apply(service));
    } finally {
      objects.ungetService(service);
    }
  }

  private static boolean isExtension(ServiceReference<?> service) {
    return Stream.of((String[]) service.getProperty(Constants.OBJECTCLASS))
        .anyMatch(EXTENSIONS::contains);
  }

  private static String name(ServiceReference<?> service) {
    return String.valueOf(service.getProperty(ComponentConstants.COMPONENT_NAME));
  }
}
