/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The snapshots of an account and EBS direct, which fills them. */
final class FakeEbs {
  static final int BLOCK = 524288;
  private static final int BLOCKS_PER_GIB = 2048;
  private static final Pattern PUT = Pattern.compile("/snapshots/(snap-\\w+)/blocks/(\\d+)");
  private static final Pattern COMPLETE = Pattern.compile("/snapshots/completion/(snap-\\w+)");
  private static final Set<String> KNOWN =
      Set.of(
          "VolumeSize", "Description", "Tags", "ClientToken", "Timeout", "Encrypted", "KmsKeyArn");

  /** A snapshot. */
  static final class Snapshot {
    final String id;
    final JsonNode request;
    final Map<String, String> tags = new TreeMap<>();
    final Map<Integer, byte[]> blocks = new TreeMap<>();
    String state = "pending";
    boolean sealed;

    /** So often it is still pending after the last block, or not there after the first request. */
    int delay;

    Snapshot(String id, JsonNode request) {
      this.id = id;
      this.request = request;
    }
  }

  final Map<String, Snapshot> snapshots = new LinkedHashMap<>();
  private final Map<String, JsonNode> tokens = new HashMap<>();
  private final Map<String, String> ids = new HashMap<>();
  int completionPolls = 1;
  int hiddenPuts;
  boolean failing;
  int maxPending = 100;
  private int count;

  Answer process(Call call) throws Rejection {
    Matcher put = PUT.matcher(call.path());
    Matcher complete = COMPLETE.matcher(call.path());
    if (call.line().equals("POST /snapshots")) {
      return start(call.json());
    }
    if (put.matches() && call.method().equals("PUT")) {
      return put(put.group(1), Integer.parseInt(put.group(2)), call);
    }
    if (complete.matches() && call.method().equals("POST")) {
      return complete(complete.group(1), call);
    }
    throw new Rejection(404, "UnknownOperationException: " + call.line());
  }

  private Answer start(JsonNode request) throws Rejection {
    for (String name : request.propertyNames()) {
      require(KNOWN.contains(name), "The fake does not know " + name);
    }
    require(request.path("VolumeSize").asInt(0) >= 1, "VolumeSize is missing");
    String token = request.path("ClientToken").asString("");
    require(token.matches("[!-~]{1,64}"), "ClientToken is wrong");
    require(request.path("Description").asString("").length() <= 255, "Description is too long");
    int timeout = request.path("Timeout").asInt(60);
    require(timeout >= 10 && timeout <= 4320, "Timeout is wrong");
    if (tokens.containsKey(token)) {
      if (!tokens.get(token).equals(request)) {
        throw new Rejection(409, "ConflictException: The token was used with other parameters");
      }
      return started(ids.getOrDefault(token, ""));
    }
    if (snapshots.values().stream().filter(each -> each.state.equals("pending")).count()
        >= maxPending) {
      throw new Rejection(402, "ServiceQuotaExceededException: Too many pending snapshots");
    }
    String id = String.format("snap-%017x", ++count);
    Snapshot snapshot = new Snapshot(id, request);
    for (JsonNode tag : request.path("Tags").valueStream().toList()) {
      snapshot.tags.put(tag.path("Key").asString(), tag.path("Value").asString());
    }
    snapshot.delay = hiddenPuts;
    snapshots.put(id, snapshot);
    tokens.put(token, request);
    ids.put(token, id);
    return started(id);
  }

  private static Answer started(String id) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("SnapshotId", id).put("BlockSize", BLOCK).put("Status", "pending");
    return Answer.of(201, Map.of(), body.toString());
  }

  private Snapshot snapshot(String id) throws Rejection {
    Snapshot snapshot = snapshots.get(id);
    if (snapshot == null || !snapshot.sealed && snapshot.delay > 0) {
      if (snapshot != null) {
        snapshot.delay--;
      }
      throw new Rejection(404, "ResourceNotFoundException: The snapshot does not exist.");
    }
    require(!snapshot.sealed, "The snapshot is not pending");
    return snapshot;
  }

  private Answer put(String id, int index, Call call) throws Rejection {
    Snapshot snapshot = snapshot(id);
    require(call.body().length == BLOCK, "The block has another size");
    require(
        index < snapshot.request.path("VolumeSize").asInt() * BLOCKS_PER_GIB,
        "The index is behind the end of the volume");
    require(header(call, "x-amz-Data-Length").equals(String.valueOf(BLOCK)), "Wrong length");
    require(header(call, "x-amz-Checksum-Algorithm").equals("SHA256"), "Unknown algorithm");
    require(
        header(call, "x-amz-Checksum").equals(base64(AwsKeys.sha256(call.body()))),
        "The checksum differs");
    snapshot.blocks.put(index, call.body());
    return Answer.of(201, Map.of(), "{}");
  }

  private Answer complete(String id, Call call) throws Rejection {
    Snapshot snapshot = snapshot(id);
    require(
        header(call, "x-amz-ChangedBlocksCount").equals(String.valueOf(snapshot.blocks.size())),
        "The number of blocks differs");
    require(header(call, "x-amz-Checksum-Algorithm").equals("SHA256"), "Unknown algorithm");
    require(header(call, "x-amz-Checksum-Aggregation-Method").equals("LINEAR"), "Unknown method");
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    snapshot.blocks.values().forEach(block -> digests.writeBytes(AwsKeys.sha256(block)));
    require(
        header(call, "x-amz-Checksum").equals(base64(AwsKeys.sha256(digests.toByteArray()))),
        "The checksum of the snapshot differs");
    snapshot.sealed = true;
    snapshot.delay = completionPolls;
    return Answer.of(202, Map.of(), "{\"Status\": \"pending\"}");
  }

  /** A snapshot becomes complete after it was asked for. */
  void poll(Snapshot snapshot) {
    if (snapshot.sealed && snapshot.state.equals("pending") && snapshot.delay-- <= 0) {
      snapshot.state = failing ? "error" : "completed";
    }
  }

  private static String header(Call call, String name) {
    return call.header(name).orElse("");
  }

  private static String base64(byte[] content) {
    return Base64.getEncoder().encodeToString(content);
  }

  private static void require(boolean right, String message) throws Rejection {
    if (!right) {
      throw new Rejection(400, "ValidationException: " + message);
    }
  }
}
