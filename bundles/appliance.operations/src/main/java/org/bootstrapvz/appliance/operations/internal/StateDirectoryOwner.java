/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bootstrapvz.appliance.api.operations.ServerStatus;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Offers the state directory, on which all other parts of the appliance depend, only if it can be
 * used. A component that fails would be described by stack traces instead of a sentence.
 */
@Component(
    service = {},
    immediate = true)
@Capability(
    namespace = "osgi.service",
    effective = "active",
    attribute =
        "objectClass:List<String>=\"org.bootstrapvz.appliance.api.operations.StateDirectory\"")
public final class StateDirectoryOwner {
  /** Framework property: the directory for everything that must survive a restart. */
  private static final String STATE = "bootstrapvz.state";

  private final Optional<LockedStateDirectory> directory;
  private final Optional<ServiceRegistration<StateDirectory>> registration;

  /** Uses the state directory that the framework property names. */
  @Activate
  public StateDirectoryOwner(BundleContext context, @Reference ServerStatus status) {
    directory =
        open(
            Path.of(
                    Objects.requireNonNull(
                        context.getProperty(STATE),
                        "The framework property " + STATE + " is not set"))
                .resolve("appliance"),
            status);
    registration =
        directory.map(opened -> context.registerService(StateDirectory.class, opened, null));
  }

  private static Optional<LockedStateDirectory> open(Path path, ServerStatus status) {
    try {
      return Optional.of(new LockedStateDirectory(path));
    } catch (IOException e) {
      status.failed(List.of(String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  /** Called by the container. */
  @Deactivate
  void close() throws IOException {
    registration.ifPresent(ServiceRegistration::unregister);
    if (directory.isPresent()) {
      directory.get().close();
    }
  }
}
