/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static java.net.HttpURLConnection.HTTP_ACCEPTED;
import static java.net.HttpURLConnection.HTTP_CREATED;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.provider.docker.image.OciImage;

/**
 * Pushes a blob: a POST obtains the address of the upload, and a PUT sends the content there (OCI
 * Distribution Specification, "Pushing a blob monolithically").
 */
final class BlobUpload {
  /** A transfer slower than this many bytes per second counts as stalled. */
  private static final long MIN_BYTES_PER_SECOND = 10_000;

  private final Destination destination;
  private final RegistryClient client;
  private final LongConsumer sent;

  /**
   * An upload to a repository.
   *
   * @param sent receives the number of bytes that were sent
   */
  BlobUpload(Destination destination, RegistryClient client, LongConsumer sent) {
    this.destination = destination;
    this.client = client;
    this.sent = sent;
  }

  void push(OciImage.Blob blob, Path file) throws BuildException {
    URI target = start(blob);
    BodyPublisher body =
        BodyPublishers.fromPublisher(
            BodyPublishers.ofInputStream(() -> counted(file)), blob.size());
    Duration timeout =
        RegistryClient.REQUEST_TIMEOUT.plusSeconds(blob.size() / MIN_BYTES_PER_SECOND);
    RegistryResponse response =
        client.send(
            client
                .request(target)
                .timeout(timeout)
                .PUT(body)
                .setHeader("Content-Type", "application/octet-stream")
                .build());
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
    URI target;
    try {
      target = withDigest(uploads.resolve(location), blob.digest());
    } catch (IllegalArgumentException e) {
      throw Refusal.of(destination, "names no valid address to send to", response);
    }
    RegistryConnection.requireEncryption(target);
    return target;
  }

  private static URI withDigest(URI location, String digest) {
    String separator = location.getRawQuery() == null ? "?" : "&";
    return URI.create(
        location + separator + "digest=" + URLEncoder.encode(digest, StandardCharsets.UTF_8));
  }

  private InputStream counted(Path file) {
    try {
      return new FilterInputStream(Files.newInputStream(file)) {
        private long count;

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
          int read = super.read(buffer, offset, length);
          if (read > 0) {
            count += read;
            sent.accept(count);
          }
          return read;
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
