/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The objects of one bucket, and the uploads of which they are made. */
final class OracleObjects {
  private static final String ROOT = "/n/" + FakeOracle.NAMESPACE + "/b/" + FakeOracle.BUCKET;
  private static final Pattern PATH = Pattern.compile("(/[ou])?(?:/(.+))?");
  private static final int MIN_PART = 10 << 20;

  private record Stored(byte[] content, Map<String, String> metadata, Instant created) {}

  private record Upload(String object, Map<String, String> metadata, Map<Integer, byte[]> parts) {}

  private final FakeOracle cloud;
  private final Map<String, Stored> objects = new TreeMap<>();
  private final Map<String, Upload> uploads = new TreeMap<>();
  private int started;

  OracleObjects(FakeOracle cloud) {
    this.cloud = cloud;
  }

  List<String> names() {
    return List.copyOf(objects.keySet());
  }

  List<String> uploads() {
    return uploads.values().stream().map(Upload::object).toList();
  }

  boolean has(String name) {
    return objects.containsKey(name);
  }

  private Stored existing(String name) {
    return Objects.requireNonNull(objects.get(name), name);
  }

  byte[] content(String name) {
    return existing(name).content();
  }

  void put(String name, byte[] content, Map<String, String> metadata) {
    objects.put(name, new Stored(content, new TreeMap<>(metadata), Instant.now()));
  }

  void setMetadata(String name, String key, String value) {
    existing(name).metadata().put(key, value);
  }

  Answer process(Call call) throws Rejection {
    Matcher path =
        PATH.matcher(call.path().startsWith(ROOT) ? call.path().substring(ROOT.length()) : "?");
    if (!path.matches()) {
      throw new Rejection(
          404, "BucketNotFound Either the bucket does not exist or you are not authorized to it");
    }
    cloud.require("buckets");
    String kind = path.group(1) == null ? "" : path.group(1);
    String name = path.group(2) == null ? "" : path.group(2);
    if (kind.isEmpty()) {
      OracleSignatures.requireQuery(call);
      return Answer.of(200, Map.of(), "{\"name\": \"" + FakeOracle.BUCKET + "\"}");
    }
    cloud.require("objects");
    if (kind.equals("/o")) {
      return name.isEmpty() ? list(call) : object(call, name);
    }
    return name.isEmpty() ? uploads(call) : upload(call, name);
  }

  private Answer list(Call call) throws Rejection {
    OracleSignatures.requireQuery(call, "fields", "prefix", "start");
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode list = body.putArray("objects");
    Map<String, String> query = call.query();
    List<String> found =
        names().stream()
            .filter(name -> name.startsWith(query.getOrDefault("prefix", "")))
            .filter(name -> name.compareTo(query.getOrDefault("start", "")) >= 0)
            .toList();
    if (!found.isEmpty()) {
      list.addObject()
          .put("name", found.get(0))
          .put("timeCreated", existing(found.get(0)).created().toString());
    }
    if (found.size() > 1) {
      body.put("nextStartWith", found.get(1));
    }
    return Answer.of(200, Map.of(), body.toString());
  }

  private Answer object(Call call, String name) throws Rejection {
    OracleSignatures.requireQuery(call);
    Stored stored = objects.get(name);
    if (stored == null) {
      return call.method().equals("HEAD")
          ? Answer.of(404)
          : FakeOracle.error(404, "ObjectNotFound", "The object was not found");
    }
    return switch (call.method()) {
      case "HEAD" -> {
        Map<String, String> headers = new TreeMap<>();
        stored.metadata().forEach(headers::put);
        yield new Answer(200, headers, new byte[0]);
      }
      case "DELETE" -> {
        objects.remove(name);
        yield Answer.of(204);
      }
      default -> throw new Rejection(405, "MethodNotAllowed The method is not allowed");
    };
  }

  private Answer uploads(Call call) throws Rejection {
    if (call.method().equals("POST")) {
      return start(call);
    }
    OracleSignatures.requireQuery(call, "limit", "page");
    ArrayNode body = JsonMapper.shared().createArrayNode();
    List<String> ids =
        uploads.keySet().stream()
            .filter(id -> id.compareTo(call.query().getOrDefault("page", "")) > 0)
            .toList();
    if (!ids.isEmpty()) {
      body.addObject()
          .put("object", Objects.requireNonNull(uploads.get(ids.get(0))).object())
          .put("uploadId", ids.get(0))
          .put("bucket", FakeOracle.BUCKET);
    }
    return Answer.of(
        200, ids.size() > 1 ? Map.of("opc-next-page", ids.get(0)) : Map.of(), body.toString());
  }

  private Answer start(Call call) throws Rejection {
    OracleSignatures.requireQuery(call);
    JsonNode body = call.json();
    for (String field : body.propertyNames()) {
      if (!List.of("object", "contentType", "metadata").contains(field)) {
        throw new Rejection(400, "InvalidJSON Unknown field " + field);
      }
    }
    String object = body.path("object").asString("");
    if (object.isEmpty() || object.contains("/")) {
      throw new Rejection(400, "InvalidObjectName The name is not valid");
    }
    if (objects.containsKey(object) && call.header("if-none-match").orElse("").equals("*")) {
      throw new Rejection(412, "IfNoneMatchFailed There is such an object");
    }
    Map<String, String> metadata = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : body.path("metadata").properties()) {
      if (!each.getKey().startsWith("opc-meta-")) {
        throw new Rejection(400, "InvalidMetadata " + each.getKey());
      }
      metadata.put(each.getKey(), each.getValue().asString());
    }
    String id = "%08d-upload".formatted(++started);
    uploads.put(id, new Upload(object, metadata, new TreeMap<>()));
    return Answer.of(200, Map.of(), "{\"uploadId\": \"" + id + "\"}");
  }

  private Answer upload(Call call, String object) throws Rejection {
    OracleSignatures.requireQuery(call, "uploadId", "uploadPartNum");
    String id = call.query().getOrDefault("uploadId", "");
    Upload upload = uploads.get(id);
    if (upload == null || !upload.object().equals(object)) {
      throw new Rejection(404, "NoSuchUpload The upload was not found");
    }
    return switch (call.method()) {
      case "PUT" -> putPart(call, upload);
      case "POST" -> commit(call, id, upload);
      case "DELETE" -> {
        uploads.remove(id);
        yield Answer.of(204);
      }
      default -> throw new Rejection(405, "MethodNotAllowed The method is not allowed");
    };
  }

  private static Answer putPart(Call call, Upload upload) throws Rejection {
    int number = Integer.parseInt(call.query().getOrDefault("uploadPartNum", "0"));
    if (number < 1 || number > 10_000) {
      throw new Rejection(400, "InvalidUploadPart The number of the part is not valid");
    }
    String md5 = OracleSignatures.encodedDigest("MD5", call.body());
    if (!call.header("content-md5").orElse("").equals(md5)) {
      throw new Rejection(400, "UnmatchedContentMD5 The computed MD5 does not match");
    }
    upload.parts().put(number, call.body());
    return new Answer(200, Map.of("etag", tag(call.body()), "opc-content-md5", md5), new byte[0]);
  }

  private static String tag(byte[] content) {
    return "tag-" + OracleSignatures.encodedDigest("MD5", content);
  }

  private Answer commit(Call call, String id, Upload upload) throws Rejection {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int last = 0;
    int count = call.json().path("partsToCommit").size();
    for (JsonNode each : call.json().path("partsToCommit")) {
      int number = each.path("partNum").asInt(0);
      byte[] part = upload.parts().get(number);
      if (number <= last || part == null || !each.path("etag").asString("").equals(tag(part))) {
        throw new Rejection(400, "InvalidUploadPart The part " + number + " is not valid");
      }
      if (part.length < MIN_PART && number < count) {
        throw new Rejection(400, "EntityTooSmall The part " + number + " is too small");
      }
      content.writeBytes(part);
      last = number;
    }
    if (count == 0) {
      throw new Rejection(400, "InvalidUploadPart There are no parts");
    }
    put(upload.object(), content.toByteArray(), upload.metadata());
    uploads.remove(id);
    return new Answer(200, Map.of("etag", "of-object"), new byte[0]);
  }
}
