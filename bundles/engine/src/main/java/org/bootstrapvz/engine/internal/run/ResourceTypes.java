/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bootstrapvz.api.resource.ResourceType;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The services that release resources, by their resource type. */
@Component(service = ResourceTypes.class)
public final class ResourceTypes {
  private record Offer(String type, boolean network, ResourceType service) {}

  private final List<Offer> offers = new CopyOnWriteArrayList<>();

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      target = "(" + ResourceType.TYPE + "=*)")
  void addResourceType(ResourceType service, Map<String, Object> properties) {
    // The newest first, so that a new generation of a bundle is preferred to the old one.
    offers.add(
        0,
        new Offer(
            String.valueOf(properties.get(ResourceType.TYPE)),
            Boolean.parseBoolean(String.valueOf(properties.get(ResourceType.NETWORK))),
            service));
  }

  void removeResourceType(ResourceType service) {
    offers.removeIf(offer -> offer.service() == service);
  }

  Optional<ResourceType> find(String type) {
    return offer(type).map(Offer::service);
  }

  boolean needsNetwork(String type) {
    return offer(type).filter(Offer::network).isPresent();
  }

  private Optional<Offer> offer(String type) {
    return offers.stream().filter(offer -> offer.type().equals(type)).findFirst();
  }
}
