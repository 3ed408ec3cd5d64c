/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import static java.net.HttpURLConnection.HTTP_CREATED;
import static java.net.HttpURLConnection.HTTP_FORBIDDEN;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.Supplier;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.ParallelUpload;
import org.bootstrapvz.cloud.http.Refusal;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.Retries;
import org.bootstrapvz.cloud.http.RetryRule;
import org.bootstrapvz.cloud.http.RetryingClient;
import org.bootstrapvz.cloud.http.Server;

/** Writes a file to a disk, without its zeros: a new disk is empty. */
final class PageUpload implements ParallelUpload.Requests {
  /** Azure accepts 4 MiB; with 32 requests at the same time, that would be much memory. */
  static final int BLOCK = 1 << 20;

  private static final int PAGE = 512;

  private static final Server SERVER =
      new Server("storage of Azure", "Its address is from the Resource Manager", "");

  private final WriteAccess access;
  private final long size;

  private PageUpload(WriteAccess access, long size) {
    this.access = access;
    this.size = size;
  }

  /** Writes the file. */
  static void write(Build build, Azure azure, WriteAccess access, Path file)
      throws BuildException, IOException {
    long start = System.nanoTime();
    try (HttpConnection storage = new HttpConnection(SERVER, HttpClient.newBuilder())) {
      ParallelUpload.Sent sent =
          new ParallelUpload(
                  BLOCK,
                  new PageUpload(access, Files.size(file)),
                  log ->
                      new RetryingClient(
                          storage, access, new Retries(azure.policy(), log), PageUpload::verdict),
                  build::log,
                  build::progress,
                  access::report)
              .send(file);
      build.log(
          "Sent "
              + sent.blocks()
              + " blocks of up to 1 MiB in "
              + (System.nanoTime() - start) / 1_000_000
              + " ms with up to "
              + sent.maxConnections()
              + " connections");
    } finally {
      access.report();
    }
  }

  private static RetryRule.Verdict verdict(Response response, boolean repeatable) {
    if (response.status() == HTTP_FORBIDDEN) {
      return RetryRule.Verdict.RENEW;
    }
    return code(response).equals("Md5Mismatch")
        ? RetryRule.Verdict.RETRY
        : RetryRule.STATUS.of(response, repeatable);
  }

  private static String code(Response response) {
    return response.header("x-ms-error-code").orElse("");
  }

  /** {@inheritDoc} Whole pages of zeros at both ends are not sent. */
  @Override
  public Supplier<HttpRequest.Builder> request(int index, byte[] content) {
    long offset = (long) index * BLOCK;
    int end = (int) Math.min(content.length, size - offset);
    int last = end;
    while (content[last - 1] == 0) {
      last--;
    }
    int first = 0;
    while (content[first] == 0) {
      first++;
    }
    int from = first / PAGE * PAGE;
    int to = (last + PAGE - 1) / PAGE * PAGE;
    String range = "bytes=" + (offset + from) + "-" + (offset + to - 1);
    String digest = md5(content, from, to - from);
    return () ->
        HttpRequest.newBuilder(access.pages())
            .setHeader("x-ms-page-write", "update")
            .setHeader("x-ms-range", range)
            .setHeader("Content-MD5", digest)
            .PUT(BodyPublishers.ofByteArray(content, from, to - from));
  }

  private static String md5(byte[] content, int from, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(content, from, length);
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void check(int index, Response response) throws BuildException {
    if (response.status() != HTTP_CREATED) {
      throw new BuildException(
          Refusal.describe(SERVER, "does not take the data of the image", response, code(response))
              + (response.status() == HTTP_FORBIDDEN
                  ? ". A policy of the subscription may forbid to write disks from this network"
                  : ""));
    }
  }
}
