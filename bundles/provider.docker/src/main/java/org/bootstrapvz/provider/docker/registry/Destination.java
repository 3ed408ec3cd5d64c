/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import java.net.URI;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.cloud.http.Encryption;
import org.bootstrapvz.provider.docker.image.ImageReference;

/**
 * The destination of a push.
 *
 * @param name registry, repository and tag
 * @param address of the registry
 */
public record Destination(ImageReference name, URI address) {

  /**
   * Parses {@code provider.push}.
   *
   * @throws IllegalArgumentException if it is not a valid destination; the message, for users, has
   *     the remedy
   */
  public static Destination of(Manifest manifest) {
    var push = manifest.at("provider.push");
    ImageReference name = ImageReference.parse(manifest.expand(push.get("to").text()));
    if (name.registry().isEmpty()) {
      throw new IllegalArgumentException(
          "\""
              + name
              + "\" names no registry. Write its address in front: registry.example.org/"
              + name);
    }
    URI plain = URI.create("http://" + name.registry());
    boolean tls = push.get("tls").isTrue(!Encryption.isLoopback(plain));
    if (!tls && !Encryption.isLoopback(plain)) {
      throw new IllegalArgumentException(
          "Only a registry on this machine is spoken to without encryption, and "
              + name.registry()
              + " is another. Leave provider.push.tls out");
    }
    return new Destination(name, tls ? URI.create("https://" + name.registry()) : plain);
  }

  /** An address below that of the repository. */
  URI resolve(String path) {
    return address.resolve("/v2/" + name.repository() + "/" + path);
  }
}
