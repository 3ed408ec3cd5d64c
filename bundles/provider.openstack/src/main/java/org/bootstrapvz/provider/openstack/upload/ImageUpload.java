/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.cloud.http.ConnectionException;
import org.bootstrapvz.cloud.http.FileBody;
import org.bootstrapvz.cloud.http.Limits;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.Retries;
import org.bootstrapvz.cloud.http.RetryingClient;
import org.bootstrapvz.cloud.http.TransferProgress;
import org.bootstrapvz.cloud.ledger.HostName;
import org.bootstrapvz.cloud.ledger.Mark;
import tools.jackson.databind.JsonNode;

/**
 * Uploads a file as an image. Glance cannot resume an upload that broke off, so it starts again: in
 * the same image if Glance still accepts its data, otherwise in a new one.
 */
final class ImageUpload {
  private static final String SHA512 = "SHA-512";
  private static final String MD5 = "MD5";

  /** Some stores copy an image after its last byte. */
  private static final Duration MAX_STORING = Duration.ofMinutes(10);

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long MAX_POLLS = MAX_STORING.dividedBy(POLL);

  /** A server that stores other data twice does so always. */
  private static final int MAX_MISMATCHES = 2;

  private final Build build;
  private final OpenStack cloud;
  private final Glance glance;
  private final Path file;
  private final FileBody body;

  /** Not those of the other requests: one that succeeds would make the next pause short. */
  private final Retries retries;

  private int mismatches;

  private ImageUpload(Build build, OpenStack cloud, Glance glance, Path file, FileBody body) {
    this.build = build;
    this.cloud = cloud;
    this.glance = glance;
    this.file = file;
    this.body = body;
    this.retries = new Retries(cloud.policy(), build::log);
  }

  /** Uploads a file; returns the image, which is complete but not yet in its final state. */
  static Resource upload(Build build, OpenStack cloud, Glance glance, Path file)
      throws BuildException, IOException {
    try (FileBody body = new FileBody(file, 0, Files.size(file), SHA512, MD5)) {
      return new ImageUpload(build, cloud, glance, file, body).run();
    }
  }

  private Resource run() throws BuildException {
    while (true) {
      Resource image = build.acquire(spec(), this::create);
      if (fill(Glance.id(image.nonce()))) {
        return image;
      }
      image.release();
    }
  }

  private void create(String nonce) throws BuildException, IOException {
    Mark mark = new Mark(nonce, HostName.get(), build.manifest().name(), Mark.State.BUILDING);
    glance.create(new ImageProperties(build.manifest(), file).create(mark));
  }

  private ResourceSpec spec() throws BuildException {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put(ImageResource.ACCOUNT, cloud.session().project());
    parameters.put(ImageResource.REGION, glance.region());
    parameters.put(ImageResource.CLOUD, cloud.credentials().source().cloud());
    parameters.put(ImageResource.FILE, cloud.credentials().source().file());
    return new ResourceSpec(
        ImageResource.TYPE,
        parameters,
        "image "
            + build.manifest().name()
            + " in region "
            + glance.region()
            + ", project "
            + cloud.session().projectName());
  }

  /** Sends the data; returns whether the image is complete, or has to be replaced by a new one. */
  private boolean fill(String id) throws BuildException {
    long polls = 0;
    while (true) {
      Optional<JsonNode> image = glance.get(id);
      String status = image.map(each -> each.path("status").asString("")).orElse("deleted");
      switch (status) {
        case "queued" -> send(id);
        case "active" -> {
          return isIntact(image.orElseThrow());
        }
        case "saving", "importing", "uploading" -> {
          if (++polls > MAX_POLLS) {
            throw new BuildException(
                "The image service of OpenStack has not stored the image within "
                    + MAX_STORING.toMinutes()
                    + " minutes (status "
                    + status
                    + ")");
          }
          build.progress(1, "waiting until the image is stored");
          cloud.policy().await(POLL);
        }
        default -> {
          failed("The image service of OpenStack gave up the image (status " + status + ")");
          return false;
        }
      }
    }
  }

  private void failed(String message) throws BuildException {
    retries.pause(new BuildException(message), Duration.ZERO, Optional.empty());
  }

  /** Sends the data once. The state of the image says what came of it. */
  private void send(String id) throws BuildException {
    long start = System.nanoTime();
    BuildException failure;
    Optional<Duration> retryAfter = Optional.empty();
    try {
      Response response =
          glance.putData(
              id,
              body,
              new TransferProgress(body, build::progress),
              Limits.forBytes(body.length()).withAnswer(MAX_STORING));
      if (response.isSuccess()) {
        retries.succeeded();
        build.log("Sent " + body.length() + " bytes in " + millis(start) + " ms, image " + id);
        return;
      }
      failure = glance.refusal("does not take the data of the image", response);
      retryAfter = response.retryAfter();
      if (response.status() == HTTP_UNAUTHORIZED) {
        cloud.login().renew(response);
      } else if (response.status() != HTTP_CONFLICT
          && response.status() != HTTP_NOT_FOUND
          && !RetryingClient.isPassing(response, true)) {
        throw failure;
      }
    } catch (ConnectionException e) {
      if (!RetryingClient.isPassing(e, true)) {
        throw e;
      }
      failure = e;
    }
    retries.pause(failure, Duration.ofMillis(millis(start)), retryAfter);
  }

  private static long millis(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  /** Compares size and hash; returns whether they are those of the file. */
  private boolean isIntact(JsonNode image) throws BuildException {
    String algorithm = image.path("os_hash_algo").asString("");
    boolean sha512 = algorithm.equals("sha512");
    String stored = image.path(sha512 ? "os_hash_value" : "checksum").asString("");
    if (stored.isEmpty()) {
      build.warn(
          "The image service of OpenStack gives no hash that can be compared (it uses "
              + algorithm
              + "); only the size of the image was checked");
    }
    boolean intact =
        image.path("size").asLong(-1) == body.length()
            && (stored.isEmpty() || stored.equals(sent(sha512 ? SHA512 : MD5)));
    if (!intact) {
      String message = "The image service of OpenStack stored other data than were sent";
      if (++mismatches == MAX_MISMATCHES) {
        throw new BuildException(message + ", twice. Try again, and report it to the cloud");
      }
      failed(message);
    }
    return intact;
  }

  private String sent(String algorithm) {
    return HexFormat.of().formatHex(body.digest(algorithm));
  }
}
