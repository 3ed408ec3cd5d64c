/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Google Cloud in memory: the token endpoint, the metadata server, Cloud Storage with the bucket
 * {@value #BUCKET} and the images of Compute Engine, for the project {@value #PROJECT}. It verifies
 * signatures, tokens, rights, ranges, names and request ids, and refuses parameters that it does
 * not know.
 */
public final class FakeGoogle extends FakeCloud {
  /** The id of the project. */
  public static final String PROJECT = "sample-project";

  /** The name of the bucket. */
  public static final String BUCKET = "sample-images";

  /** The address of the service account. */
  public static final String EMAIL = "builder@sample-project.iam.gserviceaccount.com";

  /** The secret of the client that logs users in. */
  public static final String CLIENT_SECRET = "Gre3n-Pepper";

  /** What a user got at the login. */
  public static final String REFRESH_TOKEN = "1//Red-Onion";

  private final GoogleTokens tokens = new GoogleTokens();
  private final GoogleStorage storage = new GoogleStorage(this);
  private final GoogleImages images = new GoogleImages(this, storage);
  private final Set<String> denied = new HashSet<>();

  /** Starts the servers. */
  public FakeGoogle() throws IOException {}

  /** Returns the variables by which clients find the fake instead of Google. */
  public Map<String, String> endpoints() {
    String override = "CLOUDSDK_API_ENDPOINT_OVERRIDES_";
    return Map.of(
        override + "COMPUTE", address() + "/compute/v1/",
        override + "STORAGE", address() + "/storage/v1/",
        override + "CLOUDRESOURCEMANAGER", address() + "/");
  }

  /** Returns the content of a file with the key of the service account. */
  public String keyFile() {
    return GoogleTokens.keyFile(address() + "/token");
  }

  /** Returns the private key in that file, without its first and last line. */
  public static String privateKey() {
    return GoogleTokens.privateKey().lines().skip(1).limit(1).findFirst().orElseThrow();
  }

  /** Returns the content of a file with the login of a user. */
  public String userFile() {
    return GoogleTokens.userFile(address() + "/token");
  }

  /** Returns a token that another program obtained. */
  public synchronized String issueToken() {
    return tokens.issue();
  }

  /** Makes all tokens expire now. */
  public synchronized void expireTokens() {
    tokens.expireAll();
  }

  /** Returns the tokens that were issued and are valid. */
  public synchronized Set<String> tokens() {
    return tokens.all();
  }

  /** Returns whether a token was issued and is valid. */
  public synchronized boolean accepts(String token) {
    return tokens.all().contains(token);
  }

  /** Takes a permission from all logins. */
  public synchronized FakeGoogle without(String permission) {
    denied.add(permission);
    return this;
  }

  /** Limits the number of images of the project. */
  public synchronized FakeGoogle withMaxImages(long count) {
    images.limit(count);
    return this;
  }

  /** Adds an image that no build of a test made. */
  public synchronized void addImage(String name) {
    images.add(name);
  }

  /** Adds an object that no build of a test made. */
  public synchronized void addObject(String name) {
    storage.put(name, JsonMapper.shared().createObjectNode(), new byte[] {1});
  }

  /** Makes the next operation fail. The text is its code and, after a space, its message. */
  public synchronized void failOperation(String text) {
    images.failNext(text);
  }

  /** Ends all operations that are running. */
  public synchronized void completeOperations() {
    images.completeAll();
  }

  /** Returns the names of the images that exist. */
  public synchronized List<String> images() {
    return images.names();
  }

  /** Returns a value of an image, by the pointer to it, as text; empty if there is none. */
  public synchronized String image(String name, String pointer) {
    JsonNode value = images.image(name).at(pointer);
    return value.isContainer() ? value.toString() : value.asString("");
  }

  /** Sets a label of an image. */
  public synchronized void setLabel(String image, String label, String value) {
    images.image(image).withObject("/labels").put(label, value);
  }

  /** Returns what an image was made of. */
  public synchronized byte[] imageContent(String name) {
    return images.content(name);
  }

  /** Returns the names of the objects that exist. */
  public synchronized List<String> objects() {
    return storage.names();
  }

  /** Returns a value of the metadata that a client gave to an object; empty if there is none. */
  public synchronized String metadata(String object, String key) {
    return storage.object(object).path("metadata").path(key).asString("");
  }

  /** Sets a value of the metadata of an object. */
  public synchronized void setMetadata(String object, String key, String value) {
    storage.object(object).withObject("/metadata").put(key, value);
  }

  /** Removes a value that the server computes of an object, such as a hash. */
  public synchronized void remove(String object, String field) {
    storage.object(object).remove(field);
  }

  /** Returns the content of an object. */
  public synchronized byte[] content(String object) {
    return storage.content(object);
  }

  /** Stores other data than were sent in the next upload, and loses the answer. */
  public Fault corrupting() {
    return (call, effect) -> {
      effect.happen();
      synchronized (this) {
        storage.corrupt(call.query().getOrDefault("name", ""));
      }
      call.close();
    };
  }

  /** Breaks an upload off after this number of bytes, of which the server keeps what it can. */
  public Fault cutAfterStoring(int bytes) {
    return (call, effect) -> {
      byte[] part = call.exchange().getRequestBody().readNBytes(bytes);
      synchronized (this) {
        storage.storePart(call.query().getOrDefault("upload_id", ""), part);
      }
      call.close();
    };
  }

  /** Refuses a request because there were too many, with the status that Google has for it. */
  public static Fault rateLimited() {
    return (call, effect) -> {
      call.read();
      send(call, error(403, "rateLimitExceeded", "Rate Limit Exceeded"));
    };
  }

  void require(String permission) throws Rejection {
    if (denied.contains(permission)) {
      throw new Rejection(403, "Required '" + permission + "' permission is missing");
    }
  }

  /** Answers which of these permissions the login has. */
  Answer granted(List<String> wanted) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode granted = body.putArray("permissions");
    wanted.stream().filter(each -> !denied.contains(each)).forEach(granted::add);
    return Answer.of(200, Map.of(), body.toString());
  }

  @Override
  Answer process(Call call) throws Rejection {
    String path = call.path();
    if (path.equals("/token") && call.method().equals("POST")) {
      return tokens.answer(call.form());
    }
    if (path.startsWith("/computeMetadata/v1/")) {
      return metadataServer(call);
    }
    // Who has the address of an upload needs no login.
    boolean upload = path.startsWith("/upload/") && call.query().containsKey("upload_id");
    if (!upload && !tokens.isValid(call.header("Authorization").orElse(""))) {
      throw new Rejection(401, "Request had invalid authentication credentials.");
    }
    if (path.startsWith("/compute/")) {
      return images.process(call);
    }
    if (path.startsWith("/storage/") || path.startsWith("/upload/")) {
      return storage.process(call);
    }
    if (path.equals("/v1/projects/" + PROJECT + ":testIamPermissions")) {
      require("cloudresourcemanager");
      return granted(
          call.json().path("permissions").valueStream().map(JsonNode::asString).toList());
    }
    throw new Rejection(404, "Not Found");
  }

  private Answer metadataServer(Call call) throws Rejection {
    if (!call.header("Metadata-Flavor").orElse("").equals("Google")) {
      throw new Rejection(403, "Missing Metadata-Flavor:Google header");
    }
    return switch (call.path()) {
      case "/computeMetadata/v1/instance/service-accounts/default/token" -> tokens.token();
      case "/computeMetadata/v1/project/project-id" -> Answer.of(200, Map.of(), PROJECT);
      default -> throw new Rejection(404, "Not Found");
    };
  }

  @Override
  Answer refuse(Rejection rejection) {
    String reason =
        switch (rejection.status()) {
          case 401 -> "authError";
          case 403 -> rejection.text().startsWith("Quota") ? "quotaExceeded" : "forbidden";
          case 404 -> "notFound";
          case 409 -> "alreadyExists";
          case 412 -> "conditionNotMet";
          default -> "invalid";
        };
    return error(rejection.status(), reason, rejection.text());
  }

  private static Answer error(int status, String reason, String message) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ObjectNode error = body.putObject("error").put("code", status).put("message", message);
    error
        .putArray("errors")
        .addObject()
        .put("domain", "global")
        .put("reason", reason)
        .put("message", message);
    return Answer.of(status, Map.of(), body.toString());
  }
}
