/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.ebs;

import static java.net.HttpURLConnection.HTTP_ACCEPTED;
import static java.net.HttpURLConnection.HTTP_CREATED;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.aws.AwsError;
import org.bootstrapvz.cloud.aws.AwsException;
import org.bootstrapvz.cloud.aws.AwsSession;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.provider.ec2.connection.Ec2;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The requests of EBS direct. */
final class SnapshotApi {
  static final int BLOCK = 512 << 10;

  /** EBS gives up a snapshot that gets no block for this long, a second line of defence. */
  private static final int TIMEOUT_MINUTES = 120;

  private static final String SHA256 = "SHA256";

  private final Ec2 ec2;
  private final URI base;

  SnapshotApi(Ec2 ec2) throws BuildException {
    this.ec2 = ec2;
    this.base = ec2.endpoints().of("ebs");
  }

  /** Returns the body of the request that starts a snapshot, without its token and mark. */
  static ObjectNode request(long gib, String description) {
    ObjectNode request = JsonMapper.shared().createObjectNode();
    request.put("VolumeSize", gib).put("Timeout", TIMEOUT_MINUTES);
    if (!description.isEmpty()) {
      request.put("Description", description);
    }
    return request;
  }

  /**
   * Starts a snapshot, or returns the one that was started with the same nonce.
   *
   * @param tags without those that the nonce is in
   */
  String start(ObjectNode request, Map<String, String> tags, String nonce) throws BuildException {
    ObjectNode whole = request.deepCopy();
    whole.put("ClientToken", nonce);
    tags.forEach(
        (key, value) -> whole.withArray("Tags").addObject().put("Key", key).put("Value", value));
    byte[] body = whole.toString().getBytes(StandardCharsets.UTF_8);
    String digest = HexFormat.of().formatHex(sha256().digest(body));
    Response response =
        ec2.blocks()
            .repeatable(
                () ->
                    HttpRequest.newBuilder(base.resolve("snapshots"))
                        .setHeader("Content-Type", "application/json")
                        .setHeader(AwsSession.PAYLOAD, digest)
                        .POST(BodyPublishers.ofByteArray(body)));
    if (response.status() != HTTP_CREATED) {
      throw refusal("ebs:StartSnapshot", "does not start a snapshot", response);
    }
    return response.json().path("SnapshotId").asString("");
  }

  /** Returns the request that stores a block. */
  Supplier<HttpRequest.Builder> put(String id, int index, byte[] content, byte[] digest) {
    String checksum = Base64.getEncoder().encodeToString(digest);
    return () ->
        HttpRequest.newBuilder(base.resolve("snapshots/" + id + "/blocks/" + index))
            .setHeader(AwsSession.PAYLOAD, AwsSession.UNSIGNED)
            .setHeader("x-amz-Data-Length", String.valueOf(content.length))
            .setHeader("x-amz-Checksum", checksum)
            .setHeader("x-amz-Checksum-Algorithm", SHA256)
            .PUT(BodyPublishers.ofByteArray(content));
  }

  /** Checks the response to such a request. */
  void checkPut(String id, int index, Response response) throws BuildException {
    if (response.status() != HTTP_CREATED) {
      throw refusal(
          "ebs:PutSnapshotBlock", "does not take the block " + index + " of " + id, response);
    }
  }

  /**
   * Completes a snapshot.
   *
   * @param digest of the digests of all blocks
   * @return whether it was accepted; if not, an attempt whose response was lost may have been
   */
  boolean complete(String id, int blocks, byte[] digest) throws BuildException {
    AtomicInteger attempts = new AtomicInteger();
    Response response =
        ec2.blocks()
            .repeatable(
                () -> {
                  attempts.incrementAndGet();
                  return HttpRequest.newBuilder(base.resolve("snapshots/completion/" + id))
                      .setHeader("x-amz-ChangedBlocksCount", String.valueOf(blocks))
                      .setHeader("x-amz-Checksum", Base64.getEncoder().encodeToString(digest))
                      .setHeader("x-amz-Checksum-Algorithm", SHA256)
                      .setHeader("x-amz-Checksum-Aggregation-Method", "LINEAR")
                      .POST(BodyPublishers.noBody());
                });
    if (response.status() == HTTP_ACCEPTED) {
      return true;
    }
    String code = AwsError.of(response).code();
    boolean mayBeDone = code.equals("ValidationException") || code.equals("ConflictException");
    if (attempts.get() < 2 || !mayBeDone) {
      throw refusal("ebs:CompleteSnapshot", "does not complete " + id, response);
    }
    return false;
  }

  private AwsException refusal(String right, String what, Response response) {
    return new AwsException(
        ec2.blockServer(), what, response, ec2.remedy(right, AwsError.of(response).code()));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
