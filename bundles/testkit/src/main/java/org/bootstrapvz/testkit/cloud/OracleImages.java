/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The images of the Compute service, in one compartment. */
final class OracleImages {
  private static final String ROOT = "/20160918/";
  private static final int MAX_TAGS = 10;

  /** How often an image is asked for before it is imported. */
  private static final int POLLS = 3;

  private static final Set<String> FIELDS =
      Set.of(
          "compartmentId",
          "displayName",
          "freeformTags",
          "launchMode",
          "launchOptions",
          "imageSourceDetails");

  private static final Set<String> SOURCE_FIELDS =
      Set.of(
          "sourceType",
          "namespaceName",
          "bucketName",
          "objectName",
          "sourceImageType",
          "operatingSystem",
          "operatingSystemVersion");

  private final FakeOracle cloud;
  private final OracleObjects objects;
  private final Map<String, ObjectNode> images = new TreeMap<>();
  private final Map<String, byte[]> contents = new HashMap<>();
  private final Map<String, Integer> polls = new HashMap<>();
  private final Map<String, String> errors = new HashMap<>();

  /** The images that were created with a token. */
  private final Map<String, String> tokens = new HashMap<>();

  /** Images that the next look does not see. */
  private final Set<String> hidden = new HashSet<>();

  private String failure = "";
  private int maxImages = 100;
  private int created;

  OracleImages(FakeOracle cloud, OracleObjects objects) {
    this.cloud = cloud;
    this.objects = objects;
  }

  List<String> ids() {
    return images.values().stream()
        .filter(image -> !image.path("lifecycleState").asString().equals("DELETED"))
        .map(image -> image.path("id").asString())
        .toList();
  }

  ObjectNode get(String id) {
    ObjectNode image = images.get(id);
    if (image == null) {
      throw new IllegalArgumentException("There is no image " + id);
    }
    return image;
  }

  byte[] content(String id) {
    return contents.getOrDefault(id, new byte[0]).clone();
  }

  void limit(int count) {
    maxImages = count;
  }

  void failNext(String message) {
    failure = message;
  }

  String add(String name) {
    ObjectNode image = JsonMapper.shared().createObjectNode();
    image.put("displayName", name).put("compartmentId", FakeOracle.COMPARTMENT);
    return store(image, "AVAILABLE");
  }

  private String store(ObjectNode image, String state) {
    String id = "ocid1.image.oc1.%04d".formatted(++created);
    image.put("id", id).put("lifecycleState", state).put("timeCreated", Instant.now().toString());
    images.put(id, image);
    return id;
  }

  Answer process(Call call) throws Rejection {
    cloud.require("images");
    String path = call.path().startsWith(ROOT) ? call.path().substring(ROOT.length()) : "";
    if (path.equals("images")) {
      return call.method().equals("POST") ? create(call) : list(call);
    }
    OracleSignatures.requireQuery(call);
    if (path.matches("workRequests/[^/]+/errors")) {
      ArrayNode list = JsonMapper.shared().createArrayNode();
      String error = errors.get(path.split("/")[1]);
      if (error != null) {
        list.addObject().put("code", "ImportFailed").put("message", error);
      }
      return Answer.of(200, Map.of(), list.toString());
    }
    String id = path.replaceFirst("^images/", "");
    ObjectNode image = images.get(id);
    if (image == null || hidden.remove(id)) {
      throw notFound();
    }
    return switch (call.method()) {
      case "GET" -> {
        advance(id);
        yield Answer.of(200, Map.of(), image.toString());
      }
      case "PUT" -> update(call, image);
      case "DELETE" -> delete(image);
      default -> throw new Rejection(405, "MethodNotAllowed The method is not allowed");
    };
  }

  private static Rejection notFound() {
    return new Rejection(
        404, "NotAuthorizedOrNotFound Authorization failed or requested resource not found.");
  }

  private Answer create(Call call) throws Rejection {
    OracleSignatures.requireQuery(call);
    String token = call.header("opc-retry-token").orElse("");
    if (token.isEmpty() || token.length() > 64) {
      throw new Rejection(400, "InvalidParameter opc-retry-token");
    }
    String known = tokens.get(token);
    if (known == null) {
      JsonNode body = call.json();
      check(body);
      if (ids().size() >= maxImages) {
        throw new Rejection(400, "LimitExceeded The limit of custom images is exceeded");
      }
      known = store((ObjectNode) body.deepCopy(), "PROVISIONING");
      tokens.put(token, known);
      polls.put(known, POLLS);
      hidden.add(known);
    }
    return Answer.of(200, Map.of("opc-work-request-id", "work-of-" + known), get(known).toString());
  }

  private void check(JsonNode body) throws Rejection {
    checkFields(body, FIELDS);
    checkTags(body.path("freeformTags"));
    JsonNode source = body.path("imageSourceDetails");
    checkFields(source, SOURCE_FIELDS);
    require(
        body.path("compartmentId").asString("").equals(FakeOracle.COMPARTMENT), "compartmentId");
    require(!body.path("displayName").asString("").isEmpty(), "displayName");
    require(source.path("sourceType").asString("").equals("objectStorageTuple"), "sourceType");
    require(source.path("namespaceName").asString("").equals(FakeOracle.NAMESPACE), "namespace");
    require(source.path("bucketName").asString("").equals(FakeOracle.BUCKET), "bucketName");
    require(source.path("sourceImageType").asString("").matches("QCOW2|VMDK"), "sourceImageType");
    String mode = body.path("launchMode").asString("");
    require(mode.equals("PARAVIRTUALIZED") || mode.equals("CUSTOM"), "launchMode");
    require(body.has("launchOptions") == mode.equals("CUSTOM"), "launchOptions");
    if (!objects.has(source.path("objectName").asString(""))) {
      throw new Rejection(400, "InvalidParameter The object was not found");
    }
  }

  private static void checkFields(JsonNode node, Set<String> known) throws Rejection {
    for (String field : node.propertyNames()) {
      require(known.contains(field), field);
    }
  }

  private static void checkTags(JsonNode tags) throws Rejection {
    require(tags.size() <= MAX_TAGS, "freeformTags");
    for (Map.Entry<String, JsonNode> tag : tags.properties()) {
      require(tag.getKey().matches("[^\\s.]{1,100}"), "freeformTags");
      require(tag.getValue().asString("").length() <= 256, "freeformTags");
    }
  }

  private static void require(boolean condition, String what) throws Rejection {
    if (!condition) {
      throw new Rejection(400, "InvalidParameter " + what + " is not valid");
    }
  }

  private Answer update(Call call, ObjectNode image) throws Rejection {
    checkFields(call.json(), Set.of("freeformTags"));
    checkTags(call.json().path("freeformTags"));
    image.set("freeformTags", call.json().path("freeformTags").deepCopy());
    return Answer.of(200, Map.of(), image.toString());
  }

  private static Answer delete(ObjectNode image) throws Rejection {
    String state = image.path("lifecycleState").asString();
    if (state.equals("PROVISIONING") || state.equals("IMPORTING")) {
      throw new Rejection(409, "IncorrectState The image is in the state " + state);
    }
    image.put("lifecycleState", "DELETED");
    return Answer.of(204);
  }

  private Answer list(Call call) throws Rejection {
    OracleSignatures.requireQuery(call, "limit", "page", "compartmentId", "displayName");
    Map<String, String> query = call.query();
    if (!query.getOrDefault("compartmentId", "").equals(FakeOracle.COMPARTMENT)) {
      throw notFound();
    }
    List<ObjectNode> found = new ArrayList<>();
    for (ObjectNode image : images.values()) {
      String id = image.path("id").asString();
      if (image.path("displayName").asString().equals(query.getOrDefault("displayName", ""))
          && id.compareTo(query.getOrDefault("page", "")) > 0
          && !hidden.remove(id)) {
        found.add(image);
      }
    }
    ArrayNode list = JsonMapper.shared().createArrayNode();
    found.stream().limit(1).forEach(list::add);
    return Answer.of(200, next(found, "id"), list.toString());
  }

  private static Map<String, String> next(List<ObjectNode> found, String id) {
    return found.size() > 1 ? Map.of("opc-next-page", found.get(0).path(id).asString()) : Map.of();
  }

  Answer search(String page) {
    List<ObjectNode> found =
        images.values().stream()
            .filter(image -> image.path("freeformTags").has("bootstrap-vz-build"))
            .filter(image -> image.path("id").asString().compareTo(page) > 0)
            .toList();
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode items = body.putArray("items");
    found.stream()
        .limit(1)
        .forEach(
            image ->
                items
                    .addObject()
                    .put("resourceType", "Image")
                    .put("identifier", image.path("id").asString())
                    .put("compartmentId", image.path("compartmentId").asString())
                    .put("displayName", image.path("displayName").asString()));
    return Answer.of(200, next(found, "id"), body.toString());
  }

  private void advance(String id) {
    int left = polls.getOrDefault(id, 0) - 1;
    polls.put(id, left);
    if (left == 0) {
      complete(id);
    } else if (left > 0) {
      get(id).put("lifecycleState", "IMPORTING");
    }
  }

  void completeAll() {
    hidden.clear();
    for (String id : List.copyOf(polls.keySet())) {
      if (polls.put(id, 0) > 0) {
        complete(id);
      }
    }
  }

  private void complete(String id) {
    ObjectNode image = get(id);
    String object = image.at("/imageSourceDetails/objectName").asString();
    String problem = objects.has(object) ? failure : "The object " + object + " was not found";
    failure = "";
    if (problem.isEmpty()) {
      contents.put(id, objects.content(object));
      image.put("lifecycleState", "AVAILABLE");
    } else {
      errors.put("work-of-" + id, problem);
      image.put("lifecycleState", "DELETED");
    }
  }
}
