/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import static java.net.HttpURLConnection.HTTP_GONE;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_PRECON_FAILED;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.ConnectionException;
import org.bootstrapvz.cloud.http.FileBody;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.Retries;
import org.bootstrapvz.cloud.http.RetryingClient;
import org.bootstrapvz.cloud.http.TransferProgress;
import org.bootstrapvz.cloud.ledger.Mark;
import tools.jackson.databind.JsonNode;

/** Sends a file to an object of Cloud Storage, and goes on where an attempt broke off. */
final class ResumableUpload {
  /** Cloud Storage answers so while an upload is not complete. */
  private static final int HTTP_INCOMPLETE = 308;

  private static final Pattern STORED = Pattern.compile("bytes=0-(\\d+)");
  private static final String MD5 = "MD5";

  private final Build build;
  private final CloudStorage storage;
  private final Path file;
  private final long size;

  /** Not those of the other requests: one that succeeds would make the next pause short. */
  private final Retries retries;

  /** The hash of the file; empty unless one attempt sent the whole file. */
  private String md5 = "";

  ResumableUpload(Build build, Google google, Path file) throws IOException {
    this.build = build;
    this.storage = google.storage();
    this.file = file;
    this.size = Files.size(file);
    this.retries = new Retries(google.policy(), build::log);
  }

  /** Sends the file to an object that does not exist yet, unless an earlier attempt did. */
  void to(String bucket, String name, Mark mark) throws BuildException {
    while (true) {
      Optional<URI> upload = storage.start(bucket, name, size, mark.tags());
      if (upload.isEmpty()) {
        Optional<JsonNode> object = storage.get(bucket, name);
        if (object.filter(each -> CloudStorage.isOf(each, mark.nonce())).isPresent()) {
          return;
        }
        if (object.isPresent()) {
          throw new BuildException(
              "There already is an object gs://" + bucket + "/" + name + ". " + ImageName.TAKEN);
        }
        failed("Cloud Storage reports an object gs://" + bucket + "/" + name + " and has none");
      } else {
        build.mask(Secret.of(upload.get().toString()));
        if (send(upload.get())) {
          return;
        }
      }
    }
  }

  private void failed(String message) throws BuildException {
    retries.pause(new BuildException(message), Duration.ZERO, Optional.empty());
  }

  /** Returns whether the object is complete, or the upload is lost and has to begin again. */
  private boolean send(URI upload) throws BuildException {
    long offset = 0;
    while (true) {
      Optional<Response> sent = attempt(upload, offset);
      Response last = sent.isPresent() ? sent.get() : storage.ask(upload, size);
      switch (last.status()) {
        case HTTP_INCOMPLETE -> {
          long stored = stored(last);
          if (stored > offset) {
            retries.succeeded();
          } else if (sent.isPresent()) {
            failed("Cloud Storage has stored nothing of what was sent");
          }
          offset = Math.min(stored, size);
        }
        case HTTP_NOT_FOUND, HTTP_GONE, HTTP_UNAUTHORIZED -> {
          failed("Cloud Storage has lost the upload (status " + last.status() + ")");
          return false;
        }
        case HTTP_PRECON_FAILED -> {
          return false;
        }
        default -> {
          if (last.isSuccess()) {
            return true;
          }
          throw storage.client().refusal("does not take the data of the image", last);
        }
      }
    }
  }

  /** Sends the rest of the file; returns the response, or nothing if the state is unknown. */
  private Optional<Response> attempt(URI upload, long offset) throws BuildException {
    if (offset == size) {
      failed("Cloud Storage has all data and has not made the object yet");
      return Optional.empty();
    }
    long start = System.nanoTime();
    BuildException failure;
    Optional<Duration> retryAfter = Optional.empty();
    try (FileBody body = new FileBody(file, offset, size - offset, MD5)) {
      Response response =
          storage.put(upload, body, offset, size, new TransferProgress(body, build::progress));
      if (response.isSuccess()) {
        if (offset == 0) {
          md5 = FileHash.encoded(body.digest(MD5));
        }
        build.log("Sent " + body.length() + " bytes in " + millis(start) + " ms");
      }
      boolean passing =
          RetryingClient.isPassing(response, true) || GoogleClient.isThrottled(response);
      if (!passing) {
        return Optional.of(response);
      }
      failure = storage.client().refusal("failed", response);
      retryAfter = response.retryAfter();
    } catch (ConnectionException e) {
      if (!RetryingClient.isPassing(e, true)) {
        throw e;
      }
      failure = e;
    }
    retries.pause(failure, Duration.ofMillis(millis(start)), retryAfter);
    return Optional.empty();
  }

  private static long millis(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static long stored(Response response) {
    Matcher range = STORED.matcher(response.header("Range").orElse(""));
    return range.matches() ? Long.parseLong(range.group(1)) + 1 : 0;
  }

  /** Compares size and hash of the object with those of the file. */
  boolean isIntact(JsonNode object) throws BuildException, IOException {
    if (!object.path("size").asString("").equals(String.valueOf(size))) {
      return false;
    }
    String storedMd5 = object.path("md5Hash").asString("");
    if (!storedMd5.isEmpty()) {
      return storedMd5.equals(md5.isEmpty() ? FileHash.md5(file) : md5);
    }
    return object.path("crc32c").asString("").equals(FileHash.crc32c(file));
  }
}
