/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static java.net.HttpURLConnection.HTTP_ACCEPTED;
import static java.net.HttpURLConnection.HTTP_CREATED;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.FileBody;
import org.bootstrapvz.cloud.http.Limits;
import org.bootstrapvz.cloud.http.TransferProgress;
import org.bootstrapvz.provider.docker.image.OciImage;

/**
 * Pushes a blob: a POST obtains the address of the upload, and a PUT sends the content there (OCI
 * Distribution Specification, "Pushing a blob monolithically").
 */
final class BlobUpload {
  private final Destination destination;
  private final RegistryClient client;
  private final TransferProgress.Report report;

  /**
   * An upload to a repository.
   *
   * @param report receives the progress
   */
  BlobUpload(Destination destination, RegistryClient client, TransferProgress.Report report) {
    this.destination = destination;
    this.client = client;
    this.report = report;
  }

  void push(OciImage.Blob blob, Path file) throws BuildException {
    URI target = start(blob);
    RegistryResponse response;
    try (FileBody body = new FileBody(file, 0, blob.size())) {
      response =
          client.send(
              client
                  .request(target)
                  .PUT(body.publisher())
                  .setHeader("Content-Type", "application/octet-stream")
                  .build(),
              new TransferProgress(body, report),
              Limits.forBytes(blob.size()));
    }
    if (response.status() != HTTP_CREATED) {
      throw Refusal.of(destination, "rejected " + blob.digest(), response);
    }
  }

  /** Obtains the address to upload the content to. */
  private URI start(OciImage.Blob blob) throws BuildException {
    URI uploads = destination.resolve("blobs/uploads/");
    RegistryResponse response =
        client.send(client.request(uploads).POST(BodyPublishers.noBody()).build());
    String location = response.header("Location").orElse("");
    if (response.status() != HTTP_ACCEPTED || location.isEmpty()) {
      throw Refusal.of(
          destination, "does not let us push to " + destination.name().repository(), response);
    }
    try {
      return withDigest(uploads.resolve(location), blob.digest());
    } catch (IllegalArgumentException e) {
      throw Refusal.of(destination, "names no valid address to send to", response);
    }
  }

  private static URI withDigest(URI location, String digest) {
    String separator = location.getRawQuery() == null ? "?" : "&";
    return URI.create(
        location + separator + "digest=" + URLEncoder.encode(digest, StandardCharsets.UTF_8));
  }
}
