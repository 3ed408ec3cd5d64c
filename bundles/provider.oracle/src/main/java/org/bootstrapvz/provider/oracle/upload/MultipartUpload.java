/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.cloud.http.ParallelUpload;
import org.bootstrapvz.cloud.http.Response;

/** Sends a file to an object, in parts that are sent at the same time. */
final class MultipartUpload implements ParallelUpload.Requests {
  /** Oracle accepts no smaller ones, except the last. */
  static final int MIN_PART = 10 << 20;

  private static final int MAX_PARTS = 10_000;

  /** All parts that are sent are in memory. */
  private static final int MAX_CONNECTIONS = 8;

  private final ObjectStorage storage;
  private final ObjectStorage.Bucket bucket;
  private final String object;
  private final String upload;
  private final long size;
  private final int part;

  /** The tags of the parts that are stored, by their numbers from 1. */
  private final Map<Integer, String> tags = new ConcurrentSkipListMap<>();

  private MultipartUpload(
      ObjectStorage storage, ObjectStorage.Bucket bucket, String object, String upload, long size) {
    this.storage = storage;
    this.bucket = bucket;
    this.object = object;
    this.upload = upload;
    this.size = size;
    this.part = partSize(size);
  }

  /** Returns the size of a part for a file of this size. */
  static int partSize(long size) {
    return (int) Math.max(MIN_PART, (size + MAX_PARTS - 1) / MAX_PARTS);
  }

  /** Sends the file and makes the object of it. */
  static void send(
      Build build,
      Oci oci,
      ObjectStorage.Bucket bucket,
      String object,
      String upload,
      String nonce,
      Path file)
      throws BuildException, IOException {
    long start = System.nanoTime();
    MultipartUpload requests =
        new MultipartUpload(oci.objects(), bucket, object, upload, Files.size(file));
    ParallelUpload.Sent sent =
        new ParallelUpload(
                requests.part,
                requests,
                oci::parts,
                build::log,
                build::progress,
                () -> oci.signer().report(build::log))
            .send(file);
    build.log(
        "Sent "
            + Files.size(file)
            + " bytes in "
            + sent.blocks()
            + " parts in "
            + (System.nanoTime() - start) / 1_000_000
            + " ms with up to "
            + sent.maxConnections()
            + " connections");
    oci.objects().commit(bucket, object, upload, requests.tags, nonce);
  }

  /** {@inheritDoc} Parts that are missing would not be zeros, but nothing. */
  @Override
  public boolean sendsZeros() {
    return true;
  }

  @Override
  public int maxConnections() {
    return MAX_CONNECTIONS;
  }

  @Override
  public Supplier<HttpRequest.Builder> request(int index, byte[] content) {
    int length = (int) Math.min(part, size - (long) index * part);
    byte[] body = length == content.length ? content : Arrays.copyOf(content, length);
    return storage.part(bucket, object, upload, index + 1, body, md5(body));
  }

  private static String md5(byte[] content) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void check(int index, Response response) throws BuildException {
    if (!response.isSuccess()) {
      throw storage.client().refusal("does not take part " + (index + 1), response);
    }
    tags.put(index + 1, response.header("etag").orElse(""));
  }
}
