/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The Resource Manager: the disks, images and galleries of one resource group. */
final class AzureResources {
  private static final String SUBSCRIPTION = "/subscriptions/" + FakeAzure.SUBSCRIPTION;
  private static final String GROUP = SUBSCRIPTION + "/resourceGroups/" + FakeAzure.GROUP;
  private static final String COMPUTE = GROUP + "/providers/Microsoft.Compute/";
  private static final String OPERATIONS =
      SUBSCRIPTION
          + "/providers/Microsoft.Compute/locations/"
          + FakeAzure.LOCATION
          + "/operations/";
  private static final String GALLERY = "galleries/" + FakeAzure.GALLERY;
  private static final Pattern KINDS =
      Pattern.compile(
          "(disks|images)/([A-Za-z0-9][A-Za-z0-9_.-]{0,79})(?:/(beginGetAccess|endGetAccess))?"
              + "|(galleries/[^/]+/images/[^/]+/versions)/(\\d+\\.\\d+\\.\\d+)");
  private static final long MAX_TAG_VALUE = 256;
  private static final long MIN_DISK = 20 * (1L << 20) + 512;

  /** The versions of the API that the fake knows, by the kind of resource. */
  private static final Map<String, String> VERSIONS =
      Map.of(
          "disks", "2025-01-02",
          "images", "2024-07-01",
          "galleries", "2024-03-03",
          "operations", "2024-07-01|2025-01-02|2024-03-03",
          "group", "2021-04-01",
          "subscription", "2022-12-01",
          "permissions", "2022-04-01");

  /** How often an operation is asked for before it is done. */
  private static final int POLLS = 2;

  private interface Effect {
    String happen() throws Rejection;
  }

  private static final class Operation {
    private final String resource;
    private final Effect effect;
    private int polls = POLLS;
    private String result = "";
    private String error = "";

    Operation(String resource, Effect effect) {
      this.resource = resource;
      this.effect = effect;
    }
  }

  private final FakeAzure cloud;
  private final AzurePages pages;
  private final Map<String, ObjectNode> resources = new TreeMap<>();
  private final Map<String, byte[]> contents = new HashMap<>();
  private final Map<String, Operation> operations = new TreeMap<>();

  /** Resources that the next look does not see. */
  private final List<String> hidden = new ArrayList<>();

  /** Images that are being made, and the disks that they are made of. */
  private final Map<String, String> sources = new HashMap<>();

  private final Map<String, ObjectNode> definitions = new TreeMap<>();
  private String registration = "Registered";
  private String failure = "";
  private int started;

  AzureResources(FakeAzure cloud, AzurePages pages) {
    this.cloud = cloud;
    this.pages = pages;
  }

  Set<String> names() {
    return resources.keySet();
  }

  ObjectNode get(String name) {
    ObjectNode resource = resources.get(name);
    if (resource == null) {
      throw new IllegalArgumentException("There is no " + name + " but " + names());
    }
    return resource;
  }

  byte[] content(String name) {
    return contents.getOrDefault(name, new byte[0]).clone();
  }

  void register(String state) {
    registration = state;
  }

  void failNext(String text) {
    failure = text;
  }

  void define(String name, String generation, String architecture) {
    ObjectNode definition = JsonMapper.shared().createObjectNode();
    definition.put("location", FakeAzure.LOCATION);
    definition
        .putObject("properties")
        .put("osType", "Linux")
        .put("osState", "Generalized")
        .put("hyperVGeneration", generation)
        .put("architecture", architecture);
    definitions.put(name, definition);
  }

  void add(String name) {
    ObjectNode resource = JsonMapper.shared().createObjectNode();
    resource.put("id", COMPUTE + name).put("location", FakeAzure.LOCATION);
    resource.putObject("properties").put("provisioningState", "Succeeded");
    resources.put(name, resource);
  }

  Answer process(Call call) throws Rejection {
    String path = call.path();
    if (!path.startsWith(SUBSCRIPTION)) {
      throw new Rejection(
          404,
          "SubscriptionNotFound The subscription '" + path.split("/")[2] + "' could not be found.");
    }
    if (path.startsWith(OPERATIONS)) {
      requireVersion(call, "operations", "t");
      return poll(path.substring(OPERATIONS.length()));
    }
    if (path.equals(SUBSCRIPTION + "/resources")) {
      return list(call);
    }
    if (path.startsWith(COMPUTE)) {
      return compute(call, path.substring(COMPUTE.length()));
    }
    if (!call.method().equals("GET")) {
      throw new Rejection(405, "MethodNotAllowed The method is not allowed.");
    }
    return ask(call, path);
  }

  /** Answers the questions about the surroundings. */
  private Answer ask(Call call, String path) throws Rejection {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    if (path.equals(SUBSCRIPTION)) {
      requireVersion(call, "subscription");
      return ok(body.put("state", "Enabled").put("displayName", "Sample"));
    }
    if (path.equals(SUBSCRIPTION + "/providers/Microsoft.Compute")) {
      requireVersion(call, "group");
      body.put("namespace", "Microsoft.Compute").put("registrationState", registration);
      ArrayNode types = body.putArray("resourceTypes");
      for (String type : List.of("disks", "images", "galleries/images/versions")) {
        types
            .addObject()
            .put("resourceType", type)
            .putArray("locations")
            .add("West Europe")
            .add("North Europe");
      }
      return ok(body);
    }
    if (path.equals(GROUP)) {
      requireVersion(call, "group");
      return ok(body.put("name", FakeAzure.GROUP).put("location", FakeAzure.LOCATION));
    }
    if (path.equals(GROUP + "/providers/Microsoft.Authorization/permissions")) {
      requireVersion(call, "permissions");
      ObjectNode permission = body.putArray("value").addObject();
      permission.putArray("actions").add("Microsoft.Compute/*").add("*/read");
      ArrayNode denied = permission.putArray("notActions");
      cloud.denied().forEach(denied::add);
      return ok(body);
    }
    throw new Rejection(
        404,
        "ResourceGroupNotFound Resource group '" + path.split("/")[4] + "' could not be found.");
  }

  private Answer compute(Call call, String name) throws Rejection {
    if (name.startsWith("galleries/") && !name.contains("/versions/")) {
      requireVersion(call, "galleries");
      return gallery(name);
    }
    Matcher kind = KINDS.matcher(name);
    if (!kind.matches()) {
      throw new Rejection(400, "InvalidParameter The value of parameter name is invalid: " + name);
    }
    requireVersion(call, name.split("/")[0]);
    boolean version = kind.group(4) != null;
    if (version) {
      definition(name);
    }
    String type = version ? "galleries/images/versions" : kind.group(1);
    if (kind.group(3) != null) {
      cloud.require("Microsoft.Compute/disks/" + kind.group(3) + "/action");
      return access(call, kind.group(1) + "/" + kind.group(2), kind.group(3));
    }
    return switch (call.method()) {
      case "GET" -> {
        cloud.require("Microsoft.Compute/" + type + "/read");
        if (hidden.remove(name)) {
          throw notFound(name);
        }
        progress(name);
        yield ok(existing(name));
      }
      case "PUT" -> {
        cloud.require("Microsoft.Compute/" + type + "/write");
        yield type.equals("disks") ? putDisk(name, call.json()) : putImage(name, call.json());
      }
      case "PATCH" -> {
        cloud.require("Microsoft.Compute/" + type + "/write");
        existing(name);
        JsonNode tags = checked(call.json(), Set.of("tags")).path("tags");
        checkTags(tags);
        yield accepted(
            202,
            true,
            false,
            () -> {
              existing(name).set("tags", tags.deepCopy());
              return "";
            },
            "");
      }
      case "DELETE" -> {
        cloud.require("Microsoft.Compute/" + type + "/delete");
        yield delete(name);
      }
      default -> throw new Rejection(405, "MethodNotAllowed The method is not allowed.");
    };
  }

  private Answer gallery(String name) throws Rejection {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    if (definitions.isEmpty() || !name.startsWith(GALLERY)) {
      throw notFound(name);
    }
    if (name.equals(GALLERY)) {
      return ok(body.put("location", FakeAzure.LOCATION));
    }
    ObjectNode definition = definitions.get(name.substring((GALLERY + "/images/").length()));
    if (definition == null) {
      throw notFound(name);
    }
    return ok(definition);
  }

  private Answer putDisk(String name, JsonNode body) throws Rejection {
    checked(body, Set.of("location", "tags", "sku", "properties"));
    checkTags(body.path("tags"));
    JsonNode properties =
        checked(
            body.path("properties"),
            Set.of("osType", "hyperVGeneration", "creationData", "supportedCapabilities"));
    JsonNode data =
        checked(properties.path("creationData"), Set.of("createOption", "uploadSizeBytes"));
    checked(properties.path("supportedCapabilities"), Set.of("architecture"));
    long size = data.path("uploadSizeBytes").asLong(0);
    require(body.path("location").asString("").equals(FakeAzure.LOCATION), "location");
    require(data.path("createOption").asString("").equals("Upload"), "createOption");
    require(size >= MIN_DISK && (size - 512) % (1 << 20) == 0, "uploadSizeBytes");
    require(properties.path("osType").asString("").equals("Linux"), "osType");
    require(properties.path("hyperVGeneration").asString("").matches("V[12]"), "hyperVGeneration");
    require(
        properties.at("/supportedCapabilities/architecture").asString("").matches("x64|Arm64"),
        "architecture");
    Answer known = known(name, body, "/properties/creationData");
    if (known != null) {
      return known;
    }
    store(name, body).withObject("/properties").put("diskState", "ReadyToUpload");
    pages.create(name.split("/")[1], (int) size);
    return accepted(
        202,
        true,
        true,
        () -> {
          get(name).withObject("/properties").put("provisioningState", "Succeeded");
          return "";
        },
        name);
  }

  /** Answers a repeated request; null if the resource is new. */
  private @Nullable Answer known(String name, JsonNode body, String source) throws Rejection {
    ObjectNode known = resources.get(name);
    if (known == null) {
      return null;
    }
    if (!known.at(source).equals(body.at(source))) {
      throw new Rejection(
          409, "PropertyChangeNotAllowed Changing property '" + source + "' is not allowed.");
    }
    return Answer.of(200, Map.of(), known.toString());
  }

  private ObjectNode store(String name, JsonNode body) {
    ObjectNode stored = (ObjectNode) body.deepCopy();
    stored.put("id", COMPUTE + name);
    stored.withObject("/properties").put("provisioningState", "Creating");
    stored.put("created", Instant.now().toString());
    resources.put(name, stored);
    hidden.add(name);
    return stored;
  }

  private Answer putImage(String name, JsonNode body) throws Rejection {
    checked(body, Set.of("location", "tags", "properties"));
    checkTags(body.path("tags"));
    require(body.path("location").asString("").equals(FakeAzure.LOCATION), "location");
    boolean version = name.startsWith("galleries/");
    String source =
        version
            ? "/properties/storageProfile/osDiskImage/source/id"
            : "/properties/storageProfile/osDisk/managedDisk/id";
    if (version) {
      checkVersion(body.path("properties"));
    } else {
      checkImage(body.path("properties"));
    }
    Answer known = known(name, body, source);
    if (known != null) {
      return known;
    }
    String id = body.at(source).asString("");
    String disk = id.startsWith(COMPUTE) ? id.substring(COMPUTE.length()) : "";
    ObjectNode properties = existing(disk).withObject("/properties");
    if (!properties.path("diskState").asString("").equals("Unattached")) {
      throw new Rejection(409, "OperationNotAllowed The disk is not in the state Unattached.");
    }
    checkHardware(
        version ? definition(name).path("properties") : body.path("properties"), properties);
    store(name, body);
    sources.put(name, disk);
    return accepted(201, true, false, () -> importFrom(name, disk), name);
  }

  private ObjectNode definition(String version) throws Rejection {
    ObjectNode definition = definitions.get(version.split("/")[3]);
    if (definition == null) {
      throw notFound(version);
    }
    return definition;
  }

  private static void checkHardware(JsonNode image, JsonNode disk) throws Rejection {
    require(
        image.path("hyperVGeneration").equals(disk.path("hyperVGeneration")), "hyperVGeneration");
    if (image.has("architecture")) {
      require(
          image.path("architecture").equals(disk.at("/supportedCapabilities/architecture")),
          "architecture");
    }
  }

  private static void checkImage(JsonNode properties) throws Rejection {
    checked(properties, Set.of("hyperVGeneration", "storageProfile"));
    JsonNode osDisk = checked(properties.path("storageProfile"), Set.of("osDisk")).path("osDisk");
    checked(osDisk, Set.of("osType", "osState", "managedDisk"));
    require(osDisk.path("osType").asString("").equals("Linux"), "osType");
    require(osDisk.path("osState").asString("").equals("Generalized"), "osState");
  }

  private static void checkVersion(JsonNode properties) throws Rejection {
    checked(properties, Set.of("publishingProfile", "storageProfile"));
    JsonNode profile = checked(properties.path("publishingProfile"), Set.of("targetRegions"));
    boolean own = false;
    for (JsonNode region : profile.path("targetRegions")) {
      checked(region, Set.of("name", "regionalReplicaCount"));
      own |= region.path("name").asString("").equals(FakeAzure.LOCATION);
    }
    require(own, "targetRegions");
    checked(properties.path("storageProfile"), Set.of("osDiskImage"));
  }

  private String importFrom(String name, String disk) throws Rejection {
    sources.remove(name);
    if (!resources.containsKey(disk)) {
      get(name).withObject("/properties").put("provisioningState", "Failed");
      throw notFound(disk);
    }
    contents.put(name, pages.content(disk.split("/")[1]));
    get(name).withObject("/properties").put("provisioningState", "Succeeded");
    return "";
  }

  private Answer access(Call call, String name, String action) throws Rejection {
    ObjectNode properties = existing(name).withObject("/properties");
    String state = properties.path("diskState").asString("");
    String disk = name.split("/")[1];
    if (action.equals("endGetAccess")) {
      return accepted(
          202,
          false,
          true,
          () -> {
            pages.revoke(disk);
            if (properties.path("diskState").asString("").equals("ActiveUpload")) {
              properties.put("diskState", "Unattached");
            }
            return "";
          },
          "");
    }
    JsonNode body = checked(call.json(), Set.of("access", "durationInSeconds"));
    require(body.path("access").asString("").equals("Write"), "access");
    require(body.path("durationInSeconds").asLong(0) > 0, "durationInSeconds");
    if (!properties.path("provisioningState").asString("").equals("Succeeded")
        || !state.matches("ReadyToUpload|ActiveUpload")) {
      throw new Rejection(409, "OperationNotAllowed The disk is in the state " + state + ".");
    }
    return accepted(
        202,
        true,
        true,
        () -> {
          properties.put("diskState", "ActiveUpload");
          return JsonMapper.shared()
              .createObjectNode()
              .put("accessSAS", pages.grant(disk))
              .toString();
        },
        "");
  }

  private Answer delete(String name) throws Rejection {
    ObjectNode resource = resources.get(name);
    if (resource == null) {
      return Answer.of(204);
    }
    if (resource.at("/properties/diskState").asString("").equals("ActiveUpload")) {
      throw new Rejection(409, "OperationNotAllowed There is an active access to the disk.");
    }
    if (sources.containsValue(name)) {
      throw new Rejection(409, "OperationNotAllowed An image is being made of the disk.");
    }
    boolean disk = name.startsWith("disks/");
    return accepted(
        202,
        !disk,
        disk,
        () -> {
          resources.remove(name);
          contents.remove(name);
          sources.remove(name);
          pages.remove(name.split("/")[1]);
          return "";
        },
        "");
  }

  /** Lists by tag; as Azure does, without the tags. */
  private Answer list(Call call) throws Rejection {
    requireVersion(call, "group", "$filter", "$expand", "$skiptoken");
    if (!call.query().getOrDefault("$filter", "").equals("tagName eq 'bootstrap-vz-build'")) {
      throw new Rejection(400, "InvalidFilterInQueryString The fake does not know this filter.");
    }
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode values = body.putArray("value");
    List<String> found =
        names().stream()
            .filter(name -> get(name).path("tags").has("bootstrap-vz-build"))
            .filter(name -> name.compareTo(call.query().getOrDefault("$skiptoken", "")) > 0)
            .toList();
    if (!found.isEmpty()) {
      ObjectNode resource = get(found.get(0));
      values
          .addObject()
          .put("id", resource.path("id").asString())
          .put("createdTime", resource.path("created").asString());
    }
    if (found.size() > 1) {
      body.put(
          "nextLink",
          cloud.address()
              + call.address().getRawPath()
              + "?"
              + call.address().getRawQuery().replaceAll("&%24skiptoken=.*", "")
              + "&%24skiptoken="
              + found.get(0));
    }
    return ok(body);
  }

  private static Answer ok(JsonNode body) {
    return Answer.of(200, Map.of(), body.toString());
  }

  private ObjectNode existing(String name) throws Rejection {
    ObjectNode resource = resources.get(name);
    if (resource == null) {
      throw notFound(name);
    }
    return resource;
  }

  private static Rejection notFound(String name) {
    return new Rejection(
        404,
        "ResourceNotFound The Resource 'Microsoft.Compute/"
            + name
            + "' under resource group '"
            + FakeAzure.GROUP
            + "' was not found.");
  }

  private static void requireVersion(Call call, String kind, String... more) throws Rejection {
    Map<String, String> query = new TreeMap<>(call.query());
    String version = query.remove("api-version");
    if (version == null) {
      throw new Rejection(400, "MissingApiVersionParameter The api-version is required.");
    }
    if (!version.matches(VERSIONS.getOrDefault(kind, ""))) {
      throw new Rejection(
          400, "InvalidResourceType The api-version '" + version + "' is not known for " + kind);
    }
    query.keySet().removeAll(Set.of(more));
    if (!query.isEmpty()) {
      throw new Rejection(400, "InvalidQuery Unknown parameters " + query.keySet());
    }
  }

  private static JsonNode checked(JsonNode node, Set<String> known) throws Rejection {
    for (String field : node.propertyNames()) {
      if (!known.contains(field)) {
        throw new Rejection(
            400, "InvalidRequestContent Could not find member '" + field + "' on object.");
      }
    }
    return node;
  }

  private static void require(boolean condition, String what) throws Rejection {
    if (!condition) {
      throw new Rejection(400, "InvalidParameter The value of parameter " + what + " is invalid.");
    }
  }

  private static void checkTags(JsonNode tags) throws Rejection {
    for (Map.Entry<String, JsonNode> tag : tags.properties()) {
      require(tag.getKey().matches("[^<>%&\\\\?/]{1,512}"), "tags");
      require(tag.getValue().asString("").length() <= MAX_TAG_VALUE, "tags");
    }
  }

  /**
   * Starts an operation.
   *
   * @param created the resource that it creates; empty if it creates none
   */
  private Answer accepted(
      int status, boolean asynchronous, boolean location, Effect effect, String created) {
    String name = "operation-" + ++started;
    String problem = failure;
    failure = "";
    operations.put(
        name,
        new Operation(
            created,
            () -> {
              if (!created.isEmpty() && !resources.containsKey(created)) {
                return "";
              }
              String result = effect.happen();
              if (!problem.isEmpty()) {
                if (!created.isEmpty()) {
                  get(created).withObject("/properties").put("provisioningState", "Failed");
                }
                throw new Rejection(400, problem);
              }
              return result;
            }));
    Map<String, String> headers = new TreeMap<>();
    String address = cloud.address() + OPERATIONS + name;
    String query = "?api-version=2024-07-01&t=signed";
    if (asynchronous) {
      headers.put("Azure-AsyncOperation", address + query);
    }
    if (location) {
      headers.put("Location", address + "/result" + query);
    }
    return Answer.of(status, headers, created.isEmpty() ? "" : get(created).toString());
  }

  /** A resource may be asked for instead of the operation that creates it. */
  private void progress(String resource) {
    for (Operation operation : operations.values()) {
      if (operation.resource.equals(resource)) {
        advance(operation);
      }
    }
  }

  private static void advance(Operation operation) {
    if (--operation.polls == 0) {
      complete(operation);
    }
  }

  private Answer poll(String name) throws Rejection {
    Operation operation = operations.get(name.replace("/result", ""));
    if (operation == null) {
      throw new Rejection(404, "NotFound The operation was not found.");
    }
    advance(operation);
    boolean done = operation.polls <= 0;
    if (name.endsWith("/result")) {
      if (done && !operation.error.isEmpty()) {
        throw new Rejection(400, operation.error);
      }
      int after = operation.result.isEmpty() ? 204 : 200;
      return Answer.of(done ? after : 202, Map.of(), done ? operation.result : "");
    }
    ObjectNode body = JsonMapper.shared().createObjectNode();
    String ended = operation.error.isEmpty() ? "Succeeded" : "Failed";
    body.put("status", done ? ended : "InProgress");
    if (done && !operation.error.isEmpty()) {
      String[] text = operation.error.split(" ", 2);
      body.putObject("error").put("code", text[0]).put("message", text[1]);
    }
    return ok(body);
  }

  void completeAll() {
    hidden.clear();
    for (Operation operation : operations.values()) {
      if (operation.polls > 0) {
        operation.polls = 0;
        complete(operation);
      }
    }
  }

  private static void complete(Operation operation) {
    try {
      operation.result = operation.effect.happen();
    } catch (Rejection e) {
      operation.error = e.text();
    }
  }
}
