/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_OK;

import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Optional;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.TransferProgress;
import org.bootstrapvz.provider.docker.image.OciImage;

/**
 * A repository in a registry, over the protocol of the Open Container Initiative. Not safe for use
 * by several threads.
 */
final class Registry implements AutoCloseable {
  private static final int HTTP_TEMPORARY_REDIRECT = 307;

  private final Destination destination;
  private final RegistryClient client;

  Registry(Destination destination, Optional<Credentials> credentials, HttpClient.Builder http) {
    this.destination = destination;
    this.client = new RegistryClient(destination, credentials, http);
  }

  /** Checks that the registry exists and permits a push. */
  void check() throws BuildException {
    RegistryResponse response =
        client.send(client.request(destination.address().resolve("/v2/")).GET().build());
    if (response.status() != HTTP_OK) {
      boolean plain = destination.address().getScheme().equals("http");
      throw Refusal.of(
          destination,
          "does not answer like a registry"
              + (plain ? ", or it requires encryption: then set provider.push.tls to true" : ""),
          response);
    }
  }

  /** Whether the repository contains a file of the image. */
  boolean hasBlob(OciImage.Blob blob) throws BuildException {
    RegistryResponse response =
        client.send(
            client
                .request(destination.resolve("blobs/" + blob.digest()))
                .method("HEAD", BodyPublishers.noBody())
                .build());
    return switch (response.status()) {
      // Some registries redirect to the location in their storage.
      case HTTP_OK, HTTP_TEMPORARY_REDIRECT -> true;
      case HTTP_NOT_FOUND -> false;
      default ->
          throw Refusal.of(destination, "does not say whether it has " + blob.digest(), response);
    };
  }

  /**
   * Sends a file of the image. The registry only accepts it if its digest matches.
   *
   * @param report receives the progress
   */
  void pushBlob(OciImage.Blob blob, Path file, TransferProgress.Report report)
      throws BuildException {
    new BlobUpload(destination, client, report).push(blob, file);
  }

  /** Adds the image under its tag, which completes the push, and verifies that it is there. */
  void pushManifest(byte[] manifest) throws BuildException {
    new ManifestPush(destination, client).push(manifest);
  }

  @Override
  public void close() {
    client.close();
  }
}
