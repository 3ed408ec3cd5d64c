/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.SortedMap;
import java.util.TreeMap;
import org.bootstrapvz.api.volume.VolumeType;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot.RegisteredType;
import org.bootstrapvz.engine.internal.registry.ServiceEntry.TypeParser;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Collects the bootloaders, the image formats or the filesystems by their references, so that none
 * is activated.
 *
 * @param <D> the data in their properties
 * @param <S> their services
 */
final class TypeTracker<D extends VolumeType, S>
    implements ServiceTrackerCustomizer<S, ServiceReference<S>> {
  private final BundleContext context;
  private final Class<D> definition;
  private final TypeParser<D> parser;
  private final ServiceEntries<S> entries = new ServiceEntries<>();
  private final ServiceTracker<S, ServiceReference<S>> tracker;

  TypeTracker(BundleContext context, Class<S> service, Class<D> definition, TypeParser<D> parser) {
    this.context = context;
    this.definition = definition;
    this.parser = parser;
    tracker = new ServiceTracker<>(context, service, this);
  }

  void open() {
    tracker.open();
  }

  void close() {
    tracker.close();
  }

  ServiceEntries<S> entries() {
    return entries;
  }

  /** Those that new builds use, by name. */
  SortedMap<String, RegisteredType<D, S>> selected(CurrentBundles current) {
    SortedMap<String, RegisteredType<D, S>> types = new TreeMap<>();
    entries
        .selected(current)
        .forEach(
            (name, selected) ->
                selected
                    .entry()
                    .type()
                    .ifPresent(
                        type ->
                            types.put(
                                name,
                                new RegisteredType<>(
                                    definition.cast(type),
                                    selected.entry().bundle(),
                                    new ReferenceHandle<>(context, selected.reference())))));
    return types;
  }

  @Override
  public ServiceReference<S> addingService(ServiceReference<S> reference) {
    ServiceEntry.ofType(reference, parser).ifPresent(entry -> entries.put(reference, entry));
    return reference;
  }

  @Override
  public void modifiedService(ServiceReference<S> reference, ServiceReference<S> tracked) {
    addingService(reference);
  }

  @Override
  public void removedService(ServiceReference<S> reference, ServiceReference<S> tracked) {
    entries.remove(reference);
  }
}
