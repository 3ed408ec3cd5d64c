/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static java.net.HttpURLConnection.HTTP_CREATED;
import static java.net.HttpURLConnection.HTTP_OK;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.provider.docker.image.Digest;
import org.bootstrapvz.provider.docker.image.OciImage;

/** Pushes the manifest of an image under its tag and reads it back. */
final class ManifestPush {
  private final Destination destination;
  private final RegistryClient client;

  ManifestPush(Destination destination, RegistryClient client) {
    this.destination = destination;
    this.client = client;
  }

  void push(byte[] manifest) throws BuildException {
    URI target = destination.resolve("manifests/" + destination.name().tag());
    RegistryResponse response =
        client.send(
            client
                .request(target)
                .PUT(BodyPublishers.ofByteArray(manifest))
                .setHeader("Content-Type", OciImage.MANIFEST_TYPE)
                .build());
    if (response.status() != HTTP_CREATED) {
      throw Refusal.of(destination, "rejected the manifest of the image", response);
    }
    RegistryResponse stored = client.send(client.request(target).GET().build());
    if (stored.status() != HTTP_OK || !Digest.of(stored.body()).equals(Digest.of(manifest))) {
      throw Refusal.of(
          destination, "reports success, but has another image or none under the tag", stored);
    }
  }
}
