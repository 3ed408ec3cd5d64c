/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The images and operations of Compute Engine, for one project. */
final class GoogleImages {
  private static final String GLOBAL = "/compute/v1/projects/" + FakeGoogle.PROJECT + "/global/";
  private static final String SOURCE = "https://storage.googleapis.com/" + FakeGoogle.BUCKET + "/";
  private static final String NAME = "[a-z]([-a-z0-9]{0,61}[a-z0-9])?";
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern OPERATION_FILTER = Pattern.compile("clientOperationId=\"(.+)\"");
  private static final Set<String> FEATURES =
      Set.of("UEFI_COMPATIBLE", "GVNIC", "VIRTIO_SCSI_MULTIQUEUE");
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "description",
          "family",
          "labels",
          "guestOsFeatures",
          "architecture",
          "rawDisk",
          "storageLocations");

  /** How often an operation is asked for before it is done. */
  private static final int POLLS = 2;

  /** What an operation does when it is done. */
  private interface Effect {
    void happen() throws Rejection;
  }

  private static final class Operation {
    private final ObjectNode shown;
    private final Effect effect;
    private int polls = POLLS;

    Operation(ObjectNode shown, Effect effect) {
      this.shown = shown;
      this.effect = effect;
    }
  }

  private final FakeGoogle cloud;
  private final GoogleStorage storage;
  private final Map<String, ObjectNode> images = new TreeMap<>();
  private final Map<String, byte[]> contents = new HashMap<>();
  private final Map<String, Operation> operations = new TreeMap<>();
  private String failure = "";
  private long maxImages = 2000;
  private int created;

  GoogleImages(FakeGoogle cloud, GoogleStorage storage) {
    this.cloud = cloud;
    this.storage = storage;
  }

  List<String> names() {
    return List.copyOf(images.keySet());
  }

  ObjectNode image(String name) {
    ObjectNode image = images.get(name);
    if (image == null) {
      throw new IllegalArgumentException("There is no image " + name);
    }
    return image;
  }

  byte[] content(String name) {
    return contents.getOrDefault(name, new byte[0]).clone();
  }

  void limit(long count) {
    maxImages = count;
  }

  void failNext(String code) {
    failure = code;
  }

  void add(String name) {
    ObjectNode image = JsonMapper.shared().createObjectNode();
    image.put("name", name).put("status", "READY").put("labelFingerprint", "0");
    image.put("creationTimestamp", "2026-01-02T03:04:05.678-07:00");
    images.put(name, image);
  }

  Answer process(Call call) throws Rejection {
    String path = call.path();
    if (path.equals("/compute/v1/projects/" + FakeGoogle.PROJECT)) {
      cloud.require("compute.projects.get");
      ObjectNode project = JsonMapper.shared().createObjectNode().put("name", FakeGoogle.PROJECT);
      project
          .putArray("quotas")
          .addObject()
          .put("metric", "IMAGES")
          .put("limit", maxImages)
          .put("usage", images.size());
      return Answer.of(200, Map.of(), project.toString());
    }
    if (!path.startsWith(GLOBAL)) {
      throw new Rejection(404, "The resource 'projects/" + path.split("/")[4] + "' was not found");
    }
    String rest = path.substring(GLOBAL.length());
    if (rest.equals("images")) {
      return call.method().equals("POST") ? insert(call) : list(call.query());
    }
    if (rest.equals("operations")) {
      return operationsOf(call.query());
    }
    if (rest.startsWith("operations/")) {
      return poll(rest.substring("operations/".length()));
    }
    if (!rest.startsWith("images/")) {
      throw new Rejection(404, "Not Found");
    }
    String name = rest.substring("images/".length());
    if (name.endsWith("/setLabels")) {
      return setLabels(name.replace("/setLabels", ""), call.json());
    }
    return switch (call.method()) {
      case "GET" -> {
        cloud.require("compute.images.get");
        yield Answer.of(200, Map.of(), existing(name).toString());
      }
      case "DELETE" -> {
        cloud.require("compute.images.delete");
        existing(name);
        yield started(
            "delete",
            name,
            "",
            () -> {
              images.remove(name);
              contents.remove(name);
            });
      }
      default -> throw new Rejection(405, "Method not allowed");
    };
  }

  private ObjectNode existing(String name) throws Rejection {
    ObjectNode image = images.get(name);
    if (image == null) {
      throw new Rejection(
          404,
          "The resource 'projects/"
              + FakeGoogle.PROJECT
              + "/global/images/"
              + name
              + "' was not found");
    }
    return image;
  }

  private Answer insert(Call call) throws Rejection {
    cloud.require("compute.images.create");
    String request = call.query().getOrDefault("requestId", "");
    if (!UUID.matcher(request).matches()) {
      throw new Rejection(400, "Invalid value for field 'requestId'");
    }
    for (Operation known : operations.values()) {
      if (known.shown.path("clientOperationId").asString("").equals(request)) {
        return Answer.of(200, Map.of(), known.shown.toString());
      }
    }
    JsonNode image = call.json();
    check(image);
    String name = image.path("name").asString();
    if (images.containsKey(name)) {
      throw new Rejection(
          409,
          "The resource 'projects/"
              + FakeGoogle.PROJECT
              + "/global/images/"
              + name
              + "' already exists");
    }
    if (images.size() >= maxImages) {
      throw new Rejection(403, "Quota 'IMAGES' exceeded.  Limit: " + maxImages + ".0 globally.");
    }
    ObjectNode stored = (ObjectNode) image.deepCopy();
    stored.put("status", "PENDING").put("labelFingerprint", "1");
    stored.put("creationTimestamp", Instant.now().toString());
    stored.put("selfLink", cloud.address() + GLOBAL + "images/" + name);
    images.put(name, stored);
    String source = image.at("/rawDisk/source").asString();
    return started("insert", name, request, () -> importFrom(source, name));
  }

  private void importFrom(String source, String name) throws Rejection {
    String object = source.substring(SOURCE.length());
    if (!storage.has(object)) {
      images.remove(name);
      throw new Rejection(404, "RESOURCE_NOT_FOUND The object " + object + " was not found");
    }
    contents.put(name, storage.content(object));
    image(name).put("status", "READY");
  }

  private static void check(JsonNode image) throws Rejection {
    for (String field : image.propertyNames()) {
      if (!FIELDS.contains(field)) {
        throw new Rejection(400, "Unknown name \"" + field + "\"");
      }
    }
    requireMatch("name", image.path("name").asString(""), NAME);
    requireMatch("family", image.path("family").asString("a"), NAME);
    requireMatch("architecture", image.path("architecture").asString(""), "X86_64|ARM64");
    requireMatch("rawDisk.source", image.at("/rawDisk/source").asString(""), SOURCE + ".+");
    requireMatch("rawDisk.containerType", image.at("/rawDisk/containerType").asString(""), "TAR");
    for (JsonNode feature : image.path("guestOsFeatures")) {
      if (!FEATURES.contains(feature.path("type").asString(""))) {
        throw new Rejection(400, "Invalid value for field 'guestOsFeatures': " + feature);
      }
    }
    checkLabels(image.path("labels"));
  }

  private static void checkLabels(JsonNode labels) throws Rejection {
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      requireMatch("labels", label.getKey(), "[a-z][a-z0-9_-]{0,62}");
      requireMatch("labels", label.getValue().asString("?"), "[a-z0-9_-]{0,63}");
    }
  }

  private static void requireMatch(String field, String value, String pattern) throws Rejection {
    if (!value.matches(pattern)) {
      throw new Rejection(400, "Invalid value for field '" + field + "': '" + value + "'");
    }
  }

  private Answer setLabels(String name, JsonNode request) throws Rejection {
    cloud.require("compute.images.setLabels");
    ObjectNode image = existing(name);
    if (!image
        .path("labelFingerprint")
        .asString()
        .equals(request.path("labelFingerprint").asString(""))) {
      throw new Rejection(412, "Labels fingerprint either invalid or resource labels have changed");
    }
    checkLabels(request.path("labels"));
    image.set("labels", request.path("labels"));
    image.put("labelFingerprint", String.valueOf(++created));
    return started("setLabels", name, "", () -> {});
  }

  private Answer list(Map<String, String> query) throws Rejection {
    cloud.require("compute.images.list");
    if (!query.getOrDefault("filter", "").equals("labels.bootstrap-vz-build:*")) {
      throw new Rejection(400, "The fake does not know this filter");
    }
    ObjectNode body = JsonMapper.shared().createObjectNode();
    List<ObjectNode> found =
        images.values().stream()
            .filter(each -> each.path("labels").has("bootstrap-vz-build"))
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

  private Answer operationsOf(Map<String, String> query) throws Rejection {
    Matcher filter = OPERATION_FILTER.matcher(query.getOrDefault("filter", ""));
    if (!filter.matches()) {
      throw new Rejection(400, "The fake does not know this filter");
    }
    ObjectNode body = JsonMapper.shared().createObjectNode();
    for (Operation each : operations.values()) {
      if (each.shown.path("clientOperationId").asString("").equals(filter.group(1))) {
        body.withArray("/items").add(each.shown);
      }
    }
    return Answer.of(200, Map.of(), body.toString());
  }

  private Answer started(String type, String image, String request, Effect effect) {
    ObjectNode operation = JsonMapper.shared().createObjectNode();
    String name = "operation-" + ++created;
    operation.put("kind", "compute#operation").put("name", name).put("status", "PENDING");
    operation.put("operationType", type);
    operation.put("targetLink", cloud.address() + GLOBAL + "images/" + image);
    if (!request.isEmpty()) {
      operation.put("clientOperationId", request);
    }
    String problem = failure;
    failure = "";
    operations.put(
        name,
        new Operation(
            operation,
            () -> {
              if (!problem.isEmpty()) {
                if (type.equals("insert")) {
                  images.remove(image);
                }
                throw new Rejection(400, problem);
              }
              effect.happen();
            }));
    return Answer.of(200, Map.of(), operation.toString());
  }

  private Answer poll(String name) throws Rejection {
    cloud.require("compute.globalOperations.get");
    Operation operation = operations.get(name);
    if (operation == null) {
      throw new Rejection(404, "The resource '" + name + "' was not found");
    }
    if (--operation.polls == 0) {
      complete(operation);
    } else if (operation.polls > 0) {
      operation.shown.put("status", "RUNNING").put("progress", 50);
    }
    return Answer.of(200, Map.of(), operation.shown.toString());
  }

  void completeAll() {
    for (Operation operation : operations.values()) {
      if (operation.polls > 0) {
        operation.polls = 0;
        complete(operation);
      }
    }
  }

  private static void complete(Operation operation) {
    operation.shown.put("status", "DONE");
    try {
      operation.effect.happen();
    } catch (Rejection e) {
      operation.shown.put("httpErrorStatusCode", e.status());
      String[] text = e.text().split(" ", 2);
      operation
          .shown
          .putObject("error")
          .putArray("errors")
          .addObject()
          .put("code", text[0])
          .put("message", text.length > 1 ? text[1] : text[0]);
    }
  }
}
