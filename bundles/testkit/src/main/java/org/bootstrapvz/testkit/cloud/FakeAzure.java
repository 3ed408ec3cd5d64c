/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Azure in memory: the login, the metadata service, the Resource Manager with the resource group
 * {@value #GROUP} of one subscription, and the storage behind disks. It verifies tokens, rights,
 * versions of the API, states, ranges and checksums, ends operations in the background, shows a new
 * resource only at the second look, and refuses parameters that it does not know.
 */
public final class FakeAzure extends FakeCloud {
  /** The id of the tenant. */
  public static final String TENANT = "11111111-2222-3333-4444-555555555555";

  /** The id of the application. */
  public static final String CLIENT = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

  /** The secret of the application. */
  public static final String SECRET = "Blu3~Plum";

  /** The id of the subscription. */
  public static final String SUBSCRIPTION = "99999999-8888-7777-6666-000000000000";

  /** The name of the resource group. */
  public static final String GROUP = "sample-images";

  /** The location of the resource group and of the gallery. */
  public static final String LOCATION = "westeurope";

  /** The name of the gallery. */
  public static final String GALLERY = "sample_gallery";

  /** The start of all tokens. */
  public static final String TOKEN_PREFIX = "eyJ0eXAi.";

  private static final String MANAGEMENT = "/metadata/identity/oauth2/token";

  private final AzurePages pages = new AzurePages(this);
  private final AzureResources resources = new AzureResources(this, pages);
  private final Set<String> denied = new HashSet<>();
  private final Set<String> tokens = new HashSet<>();
  private final Set<String> identities = new HashSet<>();
  private int issued;

  /** Starts the servers. */
  public FakeAzure() throws IOException {}

  /** Returns the variables by which clients log in to the fake instead of Azure. */
  public Map<String, String> variables() {
    return Map.of(
        "AZURE_AUTHORITY_HOST", address().toString(),
        "AZURE_RESOURCE_MANAGER_URL", address().toString(),
        "AZURE_TENANT_ID", TENANT,
        "AZURE_CLIENT_ID", CLIENT,
        "AZURE_CLIENT_SECRET", SECRET,
        "AZURE_SUBSCRIPTION_ID", SUBSCRIPTION);
  }

  /** Returns a token that another program obtained. */
  public synchronized String issueToken() {
    String token = TOKEN_PREFIX + "token-" + ++issued;
    tokens.add(token);
    return token;
  }

  /** Makes all tokens expire now. */
  public synchronized void expireTokens() {
    tokens.clear();
  }

  /** Returns the tokens that were issued and are valid. */
  public synchronized Set<String> tokens() {
    return Set.copyOf(tokens);
  }

  /** Returns whether a token was issued and is valid. */
  public synchronized boolean accepts(String token) {
    return tokens.contains(token);
  }

  /** Makes all addresses expire under which a disk can be written. */
  public synchronized void expireAccess() {
    pages.expire();
  }

  /** Gives the machine an identity; the empty one is that of the machine itself. */
  public synchronized FakeAzure withIdentity(String client) {
    identities.add(client);
    return this;
  }

  /** Takes a right from all logins. */
  public synchronized FakeAzure without(String action) {
    denied.add(action);
    return this;
  }

  /** Sets the state in which the provider of disks and images is. */
  public synchronized FakeAzure withRegistration(String state) {
    resources.register(state);
    return this;
  }

  /** Adds a gallery with an image definition. */
  public synchronized FakeAzure withDefinition(
      String name, String generation, String architecture) {
    resources.define(name, generation, architecture);
    return this;
  }

  /** Adds an image that no build of a test made. */
  public synchronized void addImage(String name) {
    resources.add("images/" + name);
  }

  /** Adds a version of a definition in the gallery that no build of a test made. */
  public synchronized void addVersion(String definition, String version) {
    resources.add("galleries/" + GALLERY + "/images/" + definition + "/versions/" + version);
  }

  /** Makes the next operation fail. The text is its code and, after a space, its message. */
  public synchronized void failOperation(String text) {
    resources.failNext(text);
  }

  /** Ends all operations that are running, and shows all resources. */
  public synchronized void completeOperations() {
    resources.completeAll();
  }

  /**
   * Returns what exists of disks, images and versions: the part of its id after the name of its
   * provider.
   */
  public synchronized List<String> inventory() {
    return new ArrayList<>(resources.names());
  }

  /** Returns a value of a resource, by the pointer to it, as text; empty if there is none. */
  public synchronized String value(String name, String pointer) {
    JsonNode value = resources.get(name).at(pointer);
    return value.isContainer() ? value.toString() : value.asString("");
  }

  /** Sets a tag of a resource. */
  public synchronized void setTag(String name, String tag, String value) {
    resources.get(name).withObject("/tags").put(tag, value);
  }

  /** Returns the file that was written to the disk that a resource was made of. */
  public synchronized byte[] content(String name) {
    return resources.content(name);
  }

  /** Returns how many bytes were written to disks. */
  public synchronized long bytesWritten() {
    return pages.bytesWritten();
  }

  /** Returns the longest request body with which pages were written. */
  public synchronized int longestWrite() {
    return pages.longestWrite();
  }

  /** Answers a request to the storage as one whose body was damaged on its way. */
  public static Fault damaged() {
    return (call, effect) -> {
      call.read();
      send(call, AzurePages.error(400, "Md5Mismatch"));
    };
  }

  /** Answers a request to the storage as one that it is too busy for. */
  public static Fault busy() {
    return (call, effect) -> {
      call.read();
      send(call, AzurePages.error(503, "ServerBusy"));
    };
  }

  /** Refuses a request to the Resource Manager. */
  public static Fault refusal(int status, String code, String message) {
    return (call, effect) -> {
      call.read();
      send(call, error(status, code, message));
    };
  }

  void require(String action) throws Rejection {
    if (denied.contains(action)) {
      throw new Rejection(
          403,
          "AuthorizationFailed The client '"
              + CLIENT
              + "' does not have authorization to perform action '"
              + action
              + "' over scope '/subscriptions/"
              + SUBSCRIPTION
              + "/resourceGroups/"
              + GROUP
              + "' or the scope is invalid.");
    }
  }

  Set<String> denied() {
    return denied;
  }

  @Override
  Answer process(Call call) throws Rejection {
    String path = call.path();
    if (path.startsWith(AzurePages.PATH)) {
      return pages.process(call);
    }
    if (path.equals(MANAGEMENT)) {
      return metadata(call);
    }
    if (path.endsWith("/oauth2/v2.0/token")) {
      return logIn(call);
    }
    String token = call.header("Authorization").orElse("").replaceFirst("^Bearer ", "");
    if (!tokens.contains(token)) {
      throw new Rejection(
          401,
          "ExpiredAuthenticationToken The access token expiry UTC time is"
              + " earlier than current UTC time");
    }
    return resources.process(call);
  }

  private Answer metadata(Call call) throws Rejection {
    if (!call.header("Metadata").orElse("").equals("true")) {
      return oauthError("invalid_request", "Required metadata header not specified");
    }
    Map<String, String> query = call.query();
    if (!query.getOrDefault("api-version", "").equals("2018-02-01")
        || !query.getOrDefault("resource", "").equals(address() + "/")) {
      return oauthError("invalid_request", "Invalid api-version or resource");
    }
    return identities.contains(query.getOrDefault("client_id", ""))
        ? token()
        : oauthError("invalid_request", "Identity not found");
  }

  private Answer logIn(Call call) {
    Map<String, String> form = call.form();
    if (!form.keySet().equals(Set.of("grant_type", "client_id", "client_secret", "scope"))) {
      return oauthError("invalid_request", "AADSTS900144: The request body is not complete");
    }
    if (!call.path().equals("/" + TENANT + "/oauth2/v2.0/token")) {
      return oauthError("invalid_request", "AADSTS90002: Tenant not found");
    }
    if (!"client_credentials".equals(form.get("grant_type"))
        || !(address() + "/.default").equals(form.get("scope"))) {
      return oauthError("invalid_scope", "AADSTS1002012: The scope is not valid");
    }
    if (!CLIENT.equals(form.get("client_id")) || !SECRET.equals(form.get("client_secret"))) {
      return oauthError("invalid_client", "AADSTS7000215: Invalid client secret provided.");
    }
    return token();
  }

  private Answer token() {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("token_type", "Bearer").put("expires_in", 3599).put("access_token", issueToken());
    return Answer.of(200, Map.of(), body.toString());
  }

  private static Answer oauthError(String error, String description) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("error", error).put("error_description", description);
    return Answer.of(error.equals("invalid_client") ? 401 : 400, Map.of(), body.toString());
  }

  @Override
  Answer refuse(Rejection rejection) {
    String[] text = rejection.text().split(" ", 2);
    return error(rejection.status(), text[0], text.length > 1 ? text[1] : text[0]);
  }

  private static Answer error(int status, String code, String message) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.putObject("error").put("code", code).put("message", message);
    return Answer.of(status, Map.of(), body.toString());
  }
}
