/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Cloud Storage with one bucket and resumable uploads. */
final class GoogleStorage {
  private static final int GRAIN = 256 << 10;
  private static final Pattern OBJECT = Pattern.compile("/storage/v1/b/([^/]+)/o/(.+)");
  private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+)");
  private static final Set<String> FIELDS = Set.of("name", "contentType", "metadata");

  private static final class Session {
    private final String name;
    private final ObjectNode metadata;
    private final long total;
    private final ByteArrayOutputStream stored = new ByteArrayOutputStream();
    private boolean complete;

    Session(String name, ObjectNode metadata, long total) {
      this.name = name;
      this.metadata = metadata;
      this.total = total;
    }
  }

  private final FakeGoogle cloud;
  private final Map<String, ObjectNode> objects = new TreeMap<>();
  private final Map<String, byte[]> contents = new HashMap<>();
  private final Map<String, Session> sessions = new HashMap<>();
  private int uploads;
  private long generations = 1000;

  GoogleStorage(FakeGoogle cloud) {
    this.cloud = cloud;
  }

  List<String> names() {
    return List.copyOf(objects.keySet());
  }

  ObjectNode object(String name) {
    ObjectNode object = objects.get(name);
    if (object == null) {
      throw new IllegalArgumentException("There is no object " + name);
    }
    return object;
  }

  boolean has(String name) {
    return objects.containsKey(name);
  }

  byte[] content(String name) {
    return contents.getOrDefault(name, new byte[0]).clone();
  }

  /** Stores a whole object. */
  void put(String name, ObjectNode metadata, byte[] content) {
    ObjectNode object = metadata.deepCopy();
    object.put("kind", "storage#object").put("bucket", FakeGoogle.BUCKET).put("name", name);
    object.put("generation", String.valueOf(++generations)).put("metageneration", "1");
    object.put("size", String.valueOf(content.length));
    object.put("timeCreated", Instant.now().toString());
    object.put("md5Hash", Base64.getEncoder().encodeToString(md5(content)));
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    object.put(
        "crc32c",
        Base64.getEncoder()
            .encodeToString(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array()));
    objects.put(name, object);
    contents.put(name, content);
  }

  private static byte[] md5(byte[] content) {
    try {
      return MessageDigest.getInstance("MD5").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stores the first bytes of a request that breaks off, as far as the server keeps them. */
  void storePart(String upload, byte[] part) {
    Session session = sessions.get(upload);
    if (session != null) {
      session.stored.write(part, 0, part.length / GRAIN * GRAIN);
    }
  }

  Answer process(Call call) throws Rejection {
    if (call.path().equals("/storage/v1/b") && call.method().equals("GET")) {
      cloud.require("storage.buckets.list");
      if (!call.query().getOrDefault("project", "").equals(FakeGoogle.PROJECT)) {
        throw new Rejection(400, "Unknown project id");
      }
      ObjectNode body = JsonMapper.shared().createObjectNode();
      body.putArray("items").addObject().put("name", FakeGoogle.BUCKET);
      return Answer.of(200, Map.of(), body.toString());
    }
    if (!call.path().matches("/(upload/)?storage/v1/b/" + FakeGoogle.BUCKET + "/.*")) {
      throw new Rejection(404, "The specified bucket does not exist.");
    }
    if (call.path().startsWith("/upload/")) {
      return call.query().containsKey("upload_id") ? continueUpload(call) : startUpload(call);
    }
    if (call.path().endsWith("/iam/testPermissions")) {
      return cloud.granted(call.queryAll("permissions"));
    }
    if (call.path().endsWith("/o") && call.method().equals("GET")) {
      return list(call.query());
    }
    Matcher path = OBJECT.matcher(call.path());
    if (!path.matches()) {
      throw new Rejection(404, "Not Found");
    }
    return object(call, path.group(2));
  }

  private Answer list(Map<String, String> query) throws Rejection {
    cloud.require("storage.objects.list");
    if (!Set.of("matchGlob", "pageToken", "maxResults").containsAll(query.keySet())) {
      throw new Rejection(400, "The fake does not know one of " + query.keySet());
    }
    String glob = query.getOrDefault("matchGlob", "**");
    if (!glob.startsWith("**")) {
      throw new Rejection(400, "The fake knows only globs that start with **");
    }
    ObjectNode body = JsonMapper.shared().createObjectNode();
    List<ObjectNode> found =
        objects.values().stream()
            .filter(each -> each.path("name").asString().endsWith(glob.substring(2)))
            .filter(
                each ->
                    each.path("name").asString().compareTo(query.getOrDefault("pageToken", "")) > 0)
            .toList();
    if (!found.isEmpty()) {
      body.putArray("items").add(found.get(0));
    }
    if (found.size() > 1) {
      body.put("nextPageToken", found.get(0).path("name").asString());
    }
    return Answer.of(200, Map.of(), body.toString());
  }

  private Answer object(Call call, String name) throws Rejection {
    cloud.require(
        switch (call.method()) {
          case "DELETE" -> "storage.objects.delete";
          case "PATCH" -> "storage.objects.update";
          default -> "storage.objects.get";
        });
    ObjectNode object = objects.get(name);
    if (object == null) {
      throw new Rejection(404, "No such object: " + FakeGoogle.BUCKET + "/" + name);
    }
    Map<String, String> query = call.query();
    if (!object
        .path("generation")
        .asString()
        .equals(query.getOrDefault("ifGenerationMatch", object.path("generation").asString()))) {
      throw new Rejection(412, "At least one of the pre-conditions you specified did not hold.");
    }
    return switch (call.method()) {
      case "GET" -> Answer.of(200, Map.of(), object.toString());
      case "DELETE" -> {
        objects.remove(name);
        contents.remove(name);
        yield Answer.of(204);
      }
      case "PATCH" -> {
        JsonNode changes = call.json();
        requireFields(changes, Set.of("metadata"));
        ObjectNode metadata = object.withObject("/metadata");
        changes
            .path("metadata")
            .properties()
            .forEach(each -> metadata.set(each.getKey(), each.getValue()));
        yield Answer.of(200, Map.of(), object.toString());
      }
      default -> throw new Rejection(405, "Method not allowed");
    };
  }

  private static void requireFields(JsonNode body, Set<String> known) throws Rejection {
    for (String name : body.propertyNames()) {
      if (!known.contains(name)) {
        throw new Rejection(400, "Unknown name \"" + name + "\"");
      }
    }
  }

  private Answer startUpload(Call call) throws Rejection {
    cloud.require("storage.objects.create");
    Map<String, String> query = call.query();
    String name = query.getOrDefault("name", "");
    String size = call.header("X-Upload-Content-Length").orElse("");
    if (!call.method().equals("POST")
        || !query.keySet().equals(Set.of("uploadType", "name", "ifGenerationMatch"))
        || !query.getOrDefault("uploadType", "").equals("resumable")
        || !query.getOrDefault("ifGenerationMatch", "").equals("0")
        || name.isEmpty()
        || !size.matches("\\d+")) {
      throw new Rejection(400, "Bad Request");
    }
    requireFields(call.json(), FIELDS);
    requireFree(name);
    // Must not occur in a log.
    String id = "upload-uri-" + ++uploads;
    sessions.put(id, new Session(name, (ObjectNode) call.json(), Long.parseLong(size)));
    return Answer.of(
        200,
        Map.of("Location", cloud.address() + call.address().toString() + "&upload_id=" + id),
        "");
  }

  private void requireFree(String name) throws Rejection {
    if (objects.containsKey(name)) {
      throw new Rejection(412, "At least one of the pre-conditions you specified did not hold.");
    }
  }

  private Answer continueUpload(Call call) throws Rejection {
    Session session = sessions.get(call.query().get("upload_id"));
    if (session == null) {
      throw new Rejection(410, "The upload does not exist");
    }
    Matcher range = RANGE.matcher(call.header("Content-Range").orElse(""));
    if (!call.method().equals("PUT")
        || !range.matches()
        || Long.parseLong(range.group(3)) != session.total) {
      throw new Rejection(400, "Invalid Content-Range");
    }
    if (session.complete) {
      return Answer.of(200, Map.of(), object(session.name).toString());
    }
    byte[] body = call.body();
    if (range.group(1) == null) {
      return body.length == 0 ? incomplete(session) : Answer.of(400);
    }
    long first = Long.parseLong(range.group(1));
    long last = Long.parseLong(range.group(2));
    boolean ends = last + 1 == session.total;
    if (first != session.stored.size()
        || last - first + 1 != body.length
        || last >= session.total
        || !ends && body.length % GRAIN != 0) {
      throw new Rejection(400, "Invalid Content-Range: " + session.stored.size() + " are stored");
    }
    session.stored.writeBytes(body);
    if (!ends) {
      return incomplete(session);
    }
    requireFree(session.name);
    session.complete = true;
    put(session.name, session.metadata, session.stored.toByteArray());
    return Answer.of(200, Map.of(), object(session.name).toString());
  }

  private static Answer incomplete(Session session) {
    return session.stored.size() == 0
        ? Answer.of(308)
        : Answer.of(308, Map.of("Range", "bytes=0-" + (session.stored.size() - 1)), "");
  }

  /** Changes a byte of an object, with its hashes. */
  void corrupt(String name) {
    byte[] content = Arrays.copyOf(content(name), content(name).length);
    content[0]++;
    put(name, object(name), content);
  }
}
