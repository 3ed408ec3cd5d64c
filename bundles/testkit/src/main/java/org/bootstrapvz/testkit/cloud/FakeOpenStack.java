/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keystone and Glance in memory. They accept the user {@value #USER} with {@link #PASSWORD} and the
 * application credential {@value #APPLICATION_ID} with {@link #APPLICATION_SECRET}, verify tokens,
 * the states of images and their ids, and refuse parameters that they do not know.
 */
public final class FakeOpenStack extends FakeCloud {
  /** The name of the user, in the domain Default. */
  public static final String USER = "builder";

  /** The password of the user. */
  public static final String PASSWORD = "Blu3-Potato";

  /** The id of the application credential. */
  public static final String APPLICATION_ID = "0123456789abcdef0123456789abcdef";

  /** The secret of the application credential. */
  public static final String APPLICATION_SECRET = "Y3llow-Pepper";

  /** The id of the project. */
  public static final String PROJECT = "9f0e0cbf4d6a4c0db4a0ab0a1ff4c0de";

  /** The name of the region. */
  public static final String REGION = "RegionOne";

  private static final String IMAGES = "/image/v2/images";
  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  private static final Set<String> READ_ONLY =
      Set.of(
          "status",
          "created_at",
          "updated_at",
          "checksum",
          "os_hash_algo",
          "os_hash_value",
          "size",
          "virtual_size",
          "owner",
          "file",
          "schema",
          "self",
          "direct_url");
  private static final Map<String, String> FORMS =
      Map.of(
          "id", UUID,
          "disk_format", "raw|qcow2|vmdk|vdi|vhd",
          "container_format", "bare",
          "visibility", "private|shared|community|public",
          "min_disk", "\\d+",
          "min_ram", "\\d+");

  private final Set<String> tokens = new HashSet<>();
  private final Map<String, ObjectNode> images = new TreeMap<>();
  private final Map<String, byte[]> contents = new HashMap<>();

  /** Glance never gives an id a second time. */
  private final Set<String> deleted = new HashSet<>();

  private String role = "member";
  private String project = PROJECT;
  private int issued;
  private long maxImages = -1;
  private String hashAlgorithm = "sha512";

  /** Starts the servers. */
  public FakeOpenStack() throws IOException {}

  /** Returns the address to log in at. */
  public String authUrl() {
    return address() + "/identity/v3";
  }

  /** Gives later tokens this role instead of {@code member}. */
  public synchronized FakeOpenStack withRole(String other) {
    role = other;
    return this;
  }

  /** Gives later tokens this project. */
  public synchronized FakeOpenStack withProject(String other) {
    project = other;
    return this;
  }

  /** Limits the number of images of the project. */
  public synchronized FakeOpenStack withMaxImages(long count) {
    maxImages = count;
    return this;
  }

  /** Makes all tokens expire now. */
  public synchronized void expireTokens() {
    tokens.clear();
  }

  /** Adds an image that no build of a test made. */
  public synchronized String addImage(String id, String name) {
    ObjectNode image = JsonMapper.shared().createObjectNode();
    image.put("id", id).put("name", name).put("status", "active").put("owner", project);
    image.put("visibility", "private").putArray("tags");
    images.put(id, image);
    return id;
  }

  /** Sets a property of an image, such as its status or a hash. */
  public synchronized void set(String id, String property, String value) {
    image(id).put(property, value);
  }

  /** Returns the ids of the images that exist. */
  public synchronized List<String> images() {
    return List.copyOf(images.keySet());
  }

  /** Returns a property of an image as text; empty if there is none. */
  public synchronized String property(String id, String name) {
    return image(id).path(name).asString("");
  }

  /** Returns the tags of an image. */
  public synchronized List<String> tags(String id) {
    return image(id).path("tags").valueStream().map(JsonNode::asString).toList();
  }

  /** Returns the data of an image; empty if there are none. */
  public synchronized byte[] content(String id) {
    return contents.getOrDefault(id, new byte[0]).clone();
  }

  /** Returns the tokens that were issued and are valid. */
  public synchronized Set<String> tokens() {
    return Set.copyOf(tokens);
  }

  private ObjectNode image(String id) {
    ObjectNode image = images.get(id);
    if (image == null) {
      throw new IllegalArgumentException("There is no image " + id);
    }
    return image;
  }

  @Override
  Answer process(Call call) throws Rejection {
    if (call.path().equals("/identity/v3/auth/tokens") && call.method().equals("POST")) {
      return issue(call.json());
    }
    if (!tokens.contains(call.header("X-Auth-Token").orElse(""))) {
      throw new Rejection(401, "The request you have made requires authentication.");
    }
    if (call.path().equals("/image/v2/info/usage")) {
      return Answer.of(
          200,
          Map.of(),
          "{\"usage\": {\"image_count_total\": {\"limit\": "
              + maxImages
              + ", \"usage\": "
              + images.size()
              + "}}}");
    }
    if (call.path().equals(IMAGES)) {
      return switch (call.method()) {
        case "GET" -> list(call.query());
        case "POST" -> create(call.json());
        default -> throw new Rejection(405, "Method not allowed");
      };
    }
    if (!call.path().matches(IMAGES + "/" + UUID + "(/file)?")) {
      throw new Rejection(404, "The resource could not be found.");
    }
    String id = call.path().substring(IMAGES.length() + 1).replace("/file", "");
    ObjectNode image = images.get(id);
    if (image == null || !image.path("owner").asString().equals(project)) {
      throw new Rejection(404, "No image found with ID " + id);
    }
    if (call.path().endsWith("/file")) {
      return upload(id, image, call);
    }
    return switch (call.method()) {
      case "GET" -> Answer.of(200, Map.of(), image.toString());
      case "DELETE" -> delete(id);
      case "PATCH" -> patch(image, call);
      default -> throw new Rejection(405, "Method not allowed");
    };
  }

  private Answer issue(JsonNode request) throws Rejection {
    JsonNode auth = request.path("auth");
    JsonNode identity = auth.path("identity");
    String method = identity.path("methods").path(0).asString("");
    boolean right =
        switch (method) {
          case "password" ->
              identity.at("/password/user/name").asString("").equals(USER)
                  && identity.at("/password/user/password").asString("").equals(PASSWORD)
                  && identity.at("/password/user/domain/name").asString("").equals("Default")
                  && auth.at("/scope/project/name").asString("").equals("images");
          case "application_credential" ->
              identity.at("/application_credential/id").asString("").equals(APPLICATION_ID)
                  && identity
                      .at("/application_credential/secret")
                      .asString("")
                      .equals(APPLICATION_SECRET)
                  && auth.path("scope").isMissingNode();
          default -> throw new Rejection(400, "Unknown method " + method);
        };
    if (!right) {
      throw new Rejection(401, "The request you have made requires authentication.");
    }
    String token = "gAAAA-token-" + ++issued;
    tokens.add(token);
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ObjectNode content = body.putObject("token");
    content.put("expires_at", Instant.now().plusSeconds(3600).toString());
    content.putObject("project").put("id", project).put("name", "images");
    content.putArray("roles").addObject().put("id", "r").put("name", role);
    ObjectNode service = content.putArray("catalog").addObject();
    service.put("type", "image").put("name", "glance");
    service
        .putArray("endpoints")
        .addObject()
        .put("interface", "public")
        .put("region", REGION)
        .put("region_id", REGION)
        .put("url", address() + "/image");
    return Answer.of(201, Map.of("X-Subject-Token", token), body.toString());
  }

  private Answer list(Map<String, String> query) throws Rejection {
    for (String key : query.keySet()) {
      if (!Set.of("name", "owner", "tag", "limit", "marker", "visibility").contains(key)) {
        throw new Rejection(400, "The fake does not know the filter " + key);
      }
    }
    List<ObjectNode> found = new ArrayList<>();
    images.forEach(
        (id, image) -> {
          boolean fits =
              image
                      .path("name")
                      .asString("")
                      .equals(query.getOrDefault("name", image.path("name").asString("")))
                  && image.path("owner").asString("").equals(query.getOrDefault("owner", project))
                  && (!query.containsKey("tag") || tags(id).contains(query.get("tag")))
                  && id.compareTo(query.getOrDefault("marker", "")) > 0;
          if (fits) {
            found.add(image);
          }
        });
    int limit = Integer.parseInt(query.getOrDefault("limit", "25"));
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.putArray("images").addAll(found.subList(0, Math.min(limit, found.size())));
    if (found.size() > limit) {
      StringBuilder next = new StringBuilder("/v2/images?");
      query.forEach(
          (key, value) -> {
            if (!key.equals("marker")) {
              next.append(key).append('=').append(value).append('&');
            }
          });
      body.put("next", next + "marker=" + found.get(limit - 1).path("id").asString());
    }
    return Answer.of(200, Map.of(), body.toString());
  }

  private Answer create(JsonNode request) throws Rejection {
    for (Map.Entry<String, JsonNode> each : request.properties()) {
      checkProperty(each.getKey(), each.getValue());
    }
    String id = request.path("id").asString("");
    if (images.containsKey(id) || deleted.contains(id)) {
      throw new Rejection(409, "Image ID " + id + " already exists!");
    }
    if (role.equals("reader")
        || request.path("visibility").asString("").equals("public") && !role.equals("admin")) {
      throw new Rejection(403, "You are not authorized to complete this action.");
    }
    if (maxImages >= 0 && images.size() >= maxImages) {
      throw new Rejection(413, "Quota exceeded: image_count_total");
    }
    ObjectNode image = (ObjectNode) request.deepCopy();
    image.put("status", "queued").put("owner", project);
    image.put("created_at", Instant.now().toString());
    if (!image.has("visibility")) {
      image.put("visibility", "shared");
    }
    images.put(id, image);
    return Answer.of(201, Map.of(), image.toString());
  }

  private static void checkProperty(String name, JsonNode value) throws Rejection {
    if (READ_ONLY.contains(name)) {
      throw new Rejection(403, "Attribute '" + name + "' is read-only.");
    }
    if (name.equals("tags")) {
      return;
    }
    boolean number = Set.of("min_disk", "min_ram").contains(name);
    if (number ? !value.isIntegralNumber() : !value.isString() && !value.isBoolean()) {
      throw new Rejection(400, "The value of " + name + " has another type");
    }
    String form = FORMS.get(name);
    if (form != null && !value.asString().matches(form)) {
      throw new Rejection(400, "Invalid value for " + name + ": " + value.asString());
    }
  }

  private Answer upload(String id, ObjectNode image, Call call) throws Rejection {
    if (!call.method().equals("PUT")) {
      throw new Rejection(405, "Method not allowed");
    }
    if (!call.header("Content-Type").orElse("").equals("application/octet-stream")) {
      throw new Rejection(415, "Only application/octet-stream is accepted");
    }
    String status = image.path("status").asString();
    if (!status.equals("queued")) {
      throw new Rejection(
          409, "Image status transition from " + status + " to saving is not allowed");
    }
    byte[] content = call.body();
    contents.put(id, content);
    image.put("size", content.length);
    image.put("checksum", hex("MD5", content));
    image.put("os_hash_algo", hashAlgorithm);
    image.put("os_hash_value", hex("SHA-512", content));
    image.put("status", "active");
    return Answer.of(204);
  }

  private static String hex(String algorithm, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Answer delete(String id) {
    images.remove(id);
    contents.remove(id);
    deleted.add(id);
    return Answer.of(204);
  }

  private Answer patch(ObjectNode image, Call call) throws Rejection {
    if (!call.header("Content-Type")
        .orElse("")
        .equals("application/openstack-images-v2.1-json-patch")) {
      throw new Rejection(415, "Unsupported media type");
    }
    for (JsonNode change : call.json().valueStream().toList()) {
      String name = change.path("path").asString("").replaceFirst("^/", "");
      String operation = change.path("op").asString("");
      if (!operation.equals("replace") || !image.has(name)) {
        throw new Rejection(409, "The property " + name + " cannot be changed by " + operation);
      }
      checkProperty(name, change.path("value"));
      if (name.equals("visibility")
          && change.path("value").asString("").equals("public")
          && !role.equals("admin")) {
        throw new Rejection(403, "You are not authorized to complete publicize_image action.");
      }
    }
    for (JsonNode change : call.json().valueStream().toList()) {
      image.set(change.path("path").asString("").substring(1), change.path("value"));
    }
    return Answer.of(200, Map.of(), image.toString());
  }
}
