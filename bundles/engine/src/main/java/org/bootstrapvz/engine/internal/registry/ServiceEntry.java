/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.net.URL;
import java.util.Optional;
import java.util.function.Function;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.volume.VolumeType;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentConstants;

/**
 * A registered service, read from its properties.
 *
 * @param name id of a task, name of everything else
 * @param task of a task its valid properties
 * @param type of a bootloader, image format or filesystem its valid properties
 * @param defect what is wrong with the properties, as the end of a sentence
 */
record ServiceEntry(
    OwnerBundle bundle,
    String name,
    String description,
    Optional<TaskInfo> task,
    Optional<VolumeType> type,
    Optional<String> defect) {

  /** Reads a task; empty if the service has been unregistered. */
  static Optional<ServiceEntry> ofTask(ServiceReference<Task> reference) {
    return owner(reference).map(bundle -> ofTask(reference, bundle));
  }

  private static ServiceEntry ofTask(ServiceReference<Task> reference, OwnerBundle bundle) {
    String id = componentName(reference);
    try {
      TaskInfo task = TaskProperties.parse(id, bundle, reference::getProperty);
      return new ServiceEntry(
          bundle, id, task.description(), Optional.of(task), Optional.empty(), Optional.empty());
    } catch (InvalidPropertiesException e) {
      return new ServiceEntry(
          bundle, id, "", Optional.empty(), Optional.empty(), Optional.of(e.defect()));
    }
  }

  /**
   * Reads a provider or plugin; empty if the service has been unregistered.
   *
   * @param prefix of the properties {@code name} and {@code description}
   */
  static Optional<ServiceEntry> ofExtension(ServiceReference<?> reference, String prefix) {
    return owner(reference).map(bundle -> ofExtension(reference, bundle, prefix));
  }

  private static ServiceEntry ofExtension(
      ServiceReference<?> reference, OwnerBundle bundle, String prefix) {
    String description =
        reference.getProperty(prefix + "description") instanceof String text ? text : "";
    return reference.getProperty(prefix + "name") instanceof String name
        ? new ServiceEntry(
            bundle, name, description, Optional.empty(), Optional.empty(), Optional.empty())
        : new ServiceEntry(
            bundle,
            componentName(reference),
            description,
            Optional.empty(),
            Optional.empty(),
            Optional.of("lacks the service property " + prefix + "name, a string"));
  }

  /** Reads the properties of a type. */
  @FunctionalInterface
  interface TypeParser<D extends VolumeType> {
    /**
     * Reads them.
     *
     * @param properties returns the value of a service property
     * @param resources returns the resource of the bundle at a path
     */
    D parse(
        Function<String, @Nullable Object> properties, Function<String, @Nullable URL> resources)
        throws InvalidPropertiesException;
  }

  /** Reads a bootloader, image format or filesystem; empty if the service has been unregistered. */
  static Optional<ServiceEntry> ofType(ServiceReference<?> reference, TypeParser<?> parser) {
    return owner(reference).map(bundle -> ofType(reference, bundle, parser));
  }

  private static ServiceEntry ofType(
      ServiceReference<?> reference, OwnerBundle bundle, TypeParser<?> parser) {
    try {
      VolumeType type = parser.parse(reference::getProperty, path -> resource(reference, path));
      return new ServiceEntry(
          bundle,
          type.name(),
          type.description(),
          Optional.empty(),
          Optional.of(type),
          Optional.empty());
    } catch (InvalidPropertiesException e) {
      return new ServiceEntry(
          bundle,
          componentName(reference),
          "",
          Optional.empty(),
          Optional.empty(),
          Optional.of(e.defect()));
    }
  }

  private static @Nullable URL resource(ServiceReference<?> reference, String path) {
    Bundle bundle = reference.getBundle();
    return bundle == null ? null : bundle.getEntry(path);
  }

  /** By default, the name of a component is that of its class. */
  private static String componentName(ServiceReference<?> reference) {
    Object name = reference.getProperty(ComponentConstants.COMPONENT_NAME);
    return name instanceof String text ? text : reference.toString();
  }

  private static Optional<OwnerBundle> owner(ServiceReference<?> reference) {
    return Optional.ofNullable(reference.getBundle())
        .map(
            bundle ->
                new OwnerBundle(
                    Optional.ofNullable(bundle.getSymbolicName()).orElse(bundle.getLocation()),
                    bundle.getVersion(),
                    bundle.getBundleId()));
  }
}
