/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.bootstrapvz.api.repository.Offer;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.IdentityNamespace;
import org.osgi.resource.Capability;
import org.osgi.resource.Resource;
import org.osgi.service.repository.ContentNamespace;

/**
 * A bundle in an index.
 *
 * @param source the location of its jar
 */
record IndexedBundle(
    Resource resource,
    RepositorySource source,
    String symbolicName,
    Version version,
    String description,
    URI url,
    String sha256,
    long size) {

  /** The kinds that manifests name, each with the namespace of its capability. */
  private static final Map<Kind, String> NAMESPACES =
      new EnumMap<>(
          Map.of(
              Kind.PROVIDER, "org.bootstrapvz.provider",
              Kind.PLUGIN, "org.bootstrapvz.plugin",
              Kind.BOOTLOADER, "org.bootstrapvz.bootloader",
              Kind.IMAGE_FORMAT, "org.bootstrapvz.imageformat",
              Kind.FILESYSTEM, "org.bootstrapvz.filesystem"));

  /** Empty if the bundle cannot be deployed, or if the index has no checksum of its jar. */
  static Optional<IndexedBundle> of(Resource resource, RepositorySource source) {
    Map<String, Object> identity = attributes(resource, IdentityNamespace.IDENTITY_NAMESPACE);
    Map<String, Object> content = attributes(resource, ContentNamespace.CONTENT_NAMESPACE);
    String name = text(identity, IdentityNamespace.IDENTITY_NAMESPACE);
    String sha256 = text(content, ContentNamespace.CONTENT_NAMESPACE);
    // The name becomes a file name.
    if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9_.-]*")
        || !sha256.matches("\\p{XDigit}{64}")
        || !resource.getRequirements(HostNamespace.HOST_NAMESPACE).isEmpty()) {
      return Optional.empty();
    }
    try {
      Object size = content.get(ContentNamespace.CAPABILITY_SIZE_ATTRIBUTE);
      return Optional.of(
          new IndexedBundle(
              resource,
              source,
              name,
              Version.parseVersion(text(identity, IdentityNamespace.CAPABILITY_VERSION_ATTRIBUTE)),
              text(identity, IdentityNamespace.CAPABILITY_DESCRIPTION_ATTRIBUTE),
              URI.create(text(content, ContentNamespace.CAPABILITY_URL_ATTRIBUTE)),
              sha256.toLowerCase(Locale.ROOT),
              size instanceof Long number ? number : Long.MAX_VALUE));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Map<String, Object> attributes(Resource resource, String namespace) {
    return resource.getCapabilities(namespace).stream()
        .findFirst()
        .map(Capability::getAttributes)
        .orElse(Map.of());
  }

  private static String text(Map<String, Object> attributes, String name) {
    Object value = attributes.get(name);
    return value == null ? "" : value.toString();
  }

  /** The names of this kind that a bundle declares. */
  static List<String> names(Resource resource, Kind kind) {
    String namespace = NAMESPACES.get(kind);
    if (namespace == null) {
      return List.of();
    }
    return resource.getCapabilities(namespace).stream()
        .map(capability -> text(capability.getAttributes(), namespace))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** Whether a bundle declares this name, of any kind. */
  static boolean declares(Resource resource, String name) {
    return NAMESPACES.keySet().stream().anyMatch(kind -> names(resource, kind).contains(name));
  }

  /** Whether a user can refer to the bundle by this name. */
  boolean isNamed(String name) {
    return symbolicName.equals(name) || declares(resource, name);
  }

  List<Offer> offers() {
    List<Offer> offers = new ArrayList<>();
    for (Kind kind : NAMESPACES.keySet()) {
      names(resource, kind)
          .forEach(
              name ->
                  offers.add(new Offer(kind, name, version.toString(), description, symbolicName)));
    }
    return offers;
  }
}
