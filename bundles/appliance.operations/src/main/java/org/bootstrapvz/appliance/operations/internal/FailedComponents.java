/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** The components of the appliance that could not be activated. */
final class FailedComponents {
  /** Bundles of plugins must not end the appliance. */
  private static final String OURS = "org.bootstrapvz.appliance.";

  private static final String CAUSE = "Caused by: ";

  private final ServiceComponentRuntime runtime;

  FailedComponents(ServiceComponentRuntime runtime) {
    this.runtime = runtime;
  }

  /** A sentence for each failure. */
  List<String> sentences() {
    return runtime.getComponentDescriptionDTOs().stream()
        .filter(component -> component.bundle.symbolicName.startsWith(OURS))
        .flatMap(
            component ->
                runtime.getComponentConfigurationDTOs(component).stream()
                    .filter(each -> each.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                    .map(each -> sentence(component, each.failure)))
        .distinct()
        .toList();
  }

  /**
   * @param failure a stack trace, or null if the runtime keeps none
   */
  private static String sentence(ComponentDescriptionDTO component, @Nullable String failure) {
    String name = component.name.substring(component.name.lastIndexOf('.') + 1);
    String reason = "see the log";
    if (failure != null) {
      reason =
          failure
              .lines()
              .filter(line -> line.startsWith(CAUSE))
              .reduce((first, last) -> last)
              .map(line -> line.substring(CAUSE.length()))
              .orElse(failure.lines().findFirst().orElse(reason));
    }
    return "The appliance cannot run without its part " + name + ", which failed: " + reason;
  }
}
