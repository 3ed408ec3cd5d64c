/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import static java.net.HttpURLConnection.HTTP_ACCEPTED;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Refusal;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.RetryPolicy;
import org.bootstrapvz.cloud.http.RetryingClient;
import org.bootstrapvz.cloud.ledger.Mark;
import org.bootstrapvz.provider.azure.internal.login.Source;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Resource Manager. Resources are named by their ids, which are paths. A request that creates
 * or deletes one can be repeated. Used by one thread.
 */
final class ResourceManager {
  private static final String COMPUTE = "/providers/Microsoft.Compute/";
  private static final String STATUS = "Azure-AsyncOperation";
  private static final String RESULT = "Location";
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration MAX_POLL = Duration.ofSeconds(30);

  /** A new resource is not known everywhere at once. */
  private static final Duration PROPAGATION = Duration.ofSeconds(5);

  /** Is told that an operation is still running. */
  @FunctionalInterface
  interface Progress {
    /** Reports the state. */
    void running(String state);
  }

  private static final Progress SILENT = state -> {};

  private final HttpConnection connection;
  private final RetryingClient client;
  private final RetryingClient deleting;
  private final URI base;
  private final RetryPolicy policy;
  private final Source source;

  /**
   * Creates a client.
   *
   * @param deleting for deletions, with their rule for retries
   */
  ResourceManager(
      HttpConnection connection,
      RetryingClient client,
      RetryingClient deleting,
      URI base,
      RetryPolicy policy,
      Source source) {
    this.connection = connection;
    this.client = client;
    this.deleting = deleting;
    this.base = base;
    this.policy = policy;
    this.source = source;
  }

  /** Returns a resource; empty if there is none. */
  Optional<JsonNode> get(String id) throws BuildException {
    Response response = client.repeatable(() -> request(id).GET());
    return AzureError.isNotFound(response)
        ? Optional.empty()
        : Optional.of(required("does not show " + name(id), response));
  }

  /** Returns the answer to a question; empty if it is not answered. */
  Optional<JsonNode> ask(String id) throws BuildException {
    Response response = client.repeatable(() -> request(id).GET());
    return response.isSuccess() ? Optional.of(response.json()) : Optional.empty();
  }

  /** Creates a resource, and waits until it is complete. */
  void create(String id, ObjectNode body, Duration max, Progress progress) throws BuildException {
    String what = "does not create " + name(id);
    Response response = client.repeatable(() -> json(id).PUT(body(body)));
    required(what, response);
    await(what, response, max, progress);
    String state = settled(id, max, progress);
    if (!state.equals("Succeeded")) {
      throw new BuildException(
          "Azure " + what + (state.isEmpty() ? " in time" : " (state " + state + ")"));
    }
  }

  /** Replaces the tags of a resource. */
  void setTags(String id, ObjectNode tags, Duration max, Progress progress) throws BuildException {
    String what = "does not change the tags of " + name(id);
    Response response = client.repeatable(() -> json(id).method("PATCH", body(tags)));
    required(what, response);
    await(what, response, max, progress);
  }

  /**
   * Starts an action, and waits until it is done.
   *
   * @return its result; empty if it has none
   */
  JsonNode act(String id, String action, ObjectNode body, Duration max) throws BuildException {
    String what = "does not do " + action + " with " + name(id);
    Response response = client.repeatable(() -> json(id, "/" + action).POST(body(body)));
    required(what, response);
    JsonNode last = await(what, response, max, SILENT);
    Optional<URI> result = address(response, RESULT);
    return address(response, STATUS).isPresent() && result.isPresent()
        ? required(what, client.repeatable(() -> HttpRequest.newBuilder(result.get()).GET()))
        : last;
  }

  private static HttpRequest.BodyPublisher body(ObjectNode body) {
    return BodyPublishers.ofString(body.toString());
  }

  /** Returns whether a resource is the one that an entry of the journal stands for. */
  static boolean isOf(JsonNode resource, String nonce) {
    return resource.path("tags").path(Mark.BUILD).asString("").equals(nonce);
  }

  /**
   * Deletes what bears the nonce of a build, which may be in creation, or on its way after a crash.
   * Another resource of this id is left alone.
   */
  void remove(String id, String nonce, Duration max) throws BuildException {
    Optional<JsonNode> found = get(id);
    if (found.isEmpty()) {
      policy.await(PROPAGATION);
      found = get(id);
    }
    if (found.filter(each -> isOf(each, nonce)).isEmpty()) {
      return;
    }
    settled(id, max, SILENT);
    if (get(id).map(ResourceManager::isBeingWritten).orElse(false)) {
      endAccess(id, max);
    }
    String what = "does not delete " + name(id);
    Response response = deleting.repeatable(() -> request(id).DELETE());
    if (!AzureError.isNotFound(response)) {
      required(what, response);
      await(what, response, max, SILENT);
    }
    awaitGone(id, nonce, max);
  }

  private void awaitGone(String id, String nonce, Duration max) throws BuildException {
    for (Duration waited = Duration.ZERO; waited.compareTo(max) < 0; waited = waited.plus(POLL)) {
      if (get(id).filter(each -> isOf(each, nonce)).isEmpty()) {
        return;
      }
      policy.await(POLL);
    }
    throw new BuildException(
        "Azure has not deleted " + name(id) + " within " + max.toSeconds() + " seconds");
  }

  private static boolean isBeingWritten(JsonNode resource) {
    return resource.at("/properties/diskState").asString("").startsWith("Active");
  }

  /** Makes all addresses invalid under which a disk can be written. */
  void endAccess(String id, Duration max) throws BuildException {
    act(id, "endGetAccess", JsonMapper.shared().createObjectNode(), max);
  }

  /** Returns the resources of a subscription that bear a tag, without their tags. */
  List<JsonNode> tagged(String subscription, String tag) throws BuildException {
    List<JsonNode> found = new ArrayList<>();
    URI page =
        base.resolve(
            "/subscriptions/"
                + subscription
                + "/resources?%24filter=tagName%20eq%20%27"
                + tag
                + "%27&%24expand=createdTime&api-version="
                + ApiVersion.GROUP);
    while (true) {
      URI current = page;
      JsonNode answer =
          required(
              "does not list resources",
              client.repeatable(() -> HttpRequest.newBuilder(current).GET()));
      answer.path("value").valueStream().forEach(found::add);
      String next = answer.path("nextLink").asString("");
      if (next.isEmpty()) {
        return found;
      }
      page = own(next);
    }
  }

  /**
   * Waits until what a request started is done. An operation that is not known any more may be
   * done; the resource shows what came of it.
   *
   * @return the last answer
   */
  private JsonNode await(String what, Response first, Duration max, Progress progress)
      throws BuildException {
    Optional<URI> status = address(first, STATUS);
    Optional<URI> result = address(first, RESULT);
    if (status.isEmpty() && (result.isEmpty() || first.status() != HTTP_ACCEPTED)) {
      return first.json();
    }
    URI asked = status.isPresent() ? status.get() : result.orElseThrow();
    Response last = first;
    for (Duration waited = Duration.ZERO; waited.compareTo(max) < 0; ) {
      Duration pause = pause(last);
      policy.await(pause);
      waited = waited.plus(pause);
      last = client.repeatable(() -> HttpRequest.newBuilder(asked).GET());
      if (AzureError.isNotFound(last)) {
        return JsonMapper.shared().createObjectNode();
      }
      JsonNode answer = required(what, last);
      String state = status.isPresent() ? answer.path("status").asString("") : "";
      if (status.isEmpty() && last.status() != HTTP_ACCEPTED || state.equals("Succeeded")) {
        return answer;
      }
      if (state.equals("Failed") || state.equals("Canceled")) {
        throw failure(what, answer);
      }
      progress.running(state.isEmpty() ? "InProgress" : state);
    }
    throw new BuildException("Azure " + what + " within " + max.toMinutes() + " minutes");
  }

  /**
   * Waits until a resource is in a state in which it stays.
   *
   * @return the state; empty if there is no such resource, or if it took too long
   */
  private String settled(String id, Duration max, Progress progress) throws BuildException {
    for (Duration waited = Duration.ZERO; waited.compareTo(max) < 0; waited = waited.plus(POLL)) {
      String state =
          get(id).map(each -> each.at("/properties/provisioningState").asString("")).orElse("");
      if (state.equals("Succeeded") || state.equals("Failed") || state.equals("Canceled")) {
        return state;
      }
      if (state.isEmpty() && waited.compareTo(PROPAGATION) > 0) {
        return "";
      }
      progress.running(state);
      policy.await(POLL);
    }
    return "";
  }

  private static Duration pause(Response response) {
    long asked = response.retryAfter().orElse(POLL).toSeconds();
    return Duration.ofSeconds(Math.max(1, Math.min(MAX_POLL.toSeconds(), asked)));
  }

  private Optional<URI> address(Response response, String header) throws BuildException {
    Optional<String> text = response.header(header);
    return text.isPresent() ? Optional.of(own(text.get())) : Optional.empty();
  }

  /** Requests bear a token, so they go to no other server. */
  private URI own(String text) throws BuildException {
    try {
      URI address = URI.create(text);
      if (Objects.equals(address.getScheme(), base.getScheme())
          && Objects.equals(address.getAuthority(), base.getAuthority())) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Its message contains the address.
    }
    throw new BuildException(
        "The Resource Manager of Azure at "
            + base
            + " names an address at another server, to which no token is sent");
  }

  private static BuildException failure(String what, JsonNode operation) {
    String code = operation.at("/error/code").asString("");
    return new BuildException(
        "Azure "
            + what
            + " ("
            + code
            + ": "
            + operation.at("/error/message").asString("no reason given")
            + ")"
            + AzureError.remedy(code));
  }

  /** Returns the body of a response with status 2xx; for others, throws the error. */
  private JsonNode required(String what, Response response) throws BuildException {
    if (response.isSuccess()) {
      return response.json();
    }
    String remedy = AzureError.remedy(AzureError.code(response));
    if (remedy.isEmpty() && response.status() / 100 == 4) {
      remedy = ". The login is from " + source;
    }
    throw new BuildException(Refusal.describe(connection.server(), what, response) + remedy);
  }

  /** Returns the kind and name of a resource, without those that contain it. */
  static String name(String id) {
    int own = id.indexOf(COMPUTE);
    return own < 0 ? id : id.substring(own + COMPUTE.length());
  }

  private HttpRequest.Builder request(String id) {
    return request(id, "");
  }

  private HttpRequest.Builder request(String id, String action) {
    return HttpRequest.newBuilder(base.resolve(id + action + "?api-version=" + ApiVersion.of(id)))
        .setHeader("Accept", "application/json");
  }

  private HttpRequest.Builder json(String id) {
    return json(id, "");
  }

  private HttpRequest.Builder json(String id, String action) {
    return request(id, action).setHeader("Content-Type", "application/json");
  }
}
