/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_CREATED;
import static java.net.HttpURLConnection.HTTP_ENTITY_TOO_LARGE;
import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_NO_CONTENT;
import static java.net.HttpURLConnection.HTTP_OK;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.FileBody;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Limits;
import org.bootstrapvz.cloud.http.Refusal;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.RetryingClient;
import org.bootstrapvz.cloud.http.Waiting;
import org.bootstrapvz.cloud.ledger.Mark;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The image service, version 2 of its API, for one project in one region. Used by one thread. */
final class Glance {
  /** The tag by which images of all builds are found; Glance cannot search for any mark. */
  static final String TAG = "bootstrap-vz";

  private static final int HTTP_GONE = 410;
  private static final String JSON_PATCH = "application/openstack-images-v2.1-json-patch";

  private final HttpConnection connection;
  private final RetryingClient client;
  private final KeystoneLogin login;
  private final String region;
  private final URI base;

  Glance(HttpConnection connection, RetryingClient client, KeystoneLogin login, String region)
      throws BuildException {
    this.connection = connection;
    this.client = client;
    this.login = login;
    this.region = region;
    this.base = login.session().imageService(region);
  }

  /** Returns the region of the service. */
  String region() {
    return region;
  }

  /** Returns the id of the image that a resource of the journal stands for. */
  static String id(String nonce) {
    return nonce.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
  }

  /**
   * Creates an image without data. Its id makes this repeatable: if an attempt created the image
   * although its answer was lost, the next one is refused.
   */
  void create(ObjectNode image) throws BuildException {
    String id = image.path("id").asString();
    Response response = post(image);
    if (response.status() == HTTP_CREATED) {
      return;
    }
    if (response.status() == HTTP_CONFLICT && get(id).filter(each -> isOf(each, id)).isPresent()) {
      return;
    }
    throw refusal("does not create the image " + image.path("name").asString(), response);
  }

  private Response post(ObjectNode image) throws BuildException {
    return client.repeatable(
        () ->
            request("images")
                .setHeader("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(image.toString())));
  }

  private static boolean isOf(JsonNode image, String id) {
    return id(image.path(Mark.BUILD).asString("")).equals(id);
  }

  /** Returns an image; empty if there is none with this id. */
  Optional<JsonNode> get(String id) throws BuildException {
    Response response = client.repeatable(() -> request("images/" + id).GET());
    if (response.status() == HTTP_NOT_FOUND) {
      return Optional.empty();
    }
    if (response.status() != HTTP_OK) {
      throw refusal("does not show the image " + id, response);
    }
    return Optional.of(response.json());
  }

  /** Sends the data of an image in one attempt; returns any response. */
  Response putData(String id, FileBody body, Waiting waiting, Limits limits) throws BuildException {
    HttpRequest.Builder request =
        request("images/" + id + "/file")
            .setHeader("Content-Type", "application/octet-stream")
            .PUT(body.publisher());
    login.authorize(request);
    return connection.send(request.build(), waiting, limits);
  }

  /** Replaces properties of an image. */
  void replace(String id, Map<String, String> properties) throws BuildException {
    ArrayNode changes = JsonMapper.shared().createArrayNode();
    properties.forEach(
        (name, value) ->
            changes.addObject().put("op", "replace").put("path", "/" + name).put("value", value));
    Response response =
        client.repeatable(
            () ->
                request("images/" + id)
                    .setHeader("Content-Type", JSON_PATCH)
                    .method("PATCH", BodyPublishers.ofString(changes.toString())));
    if (response.status() != HTTP_OK) {
      throw refusal("does not change " + String.join(", ", properties.keySet()), response);
    }
  }

  /**
   * Deletes the image of a resource of the journal. After a crash, the request that creates it may
   * still be on its way; so an image that is not there is created and deleted, because Glance does
   * not accept an id twice.
   */
  void remove(String nonce) throws BuildException {
    String id = id(nonce);
    Optional<JsonNode> image = get(id);
    if (image.isEmpty()) {
      ObjectNode placeholder = JsonMapper.shared().createObjectNode();
      placeholder.put("id", id).put("name", TAG).put(Mark.BUILD, nonce);
      placeholder.put("visibility", "private").putArray("tags").add(TAG);
      Response response = post(placeholder);
      if (response.status() != HTTP_CREATED && response.status() != HTTP_CONFLICT) {
        // Who cannot create an image has created none.
        return;
      }
      image = get(id);
    }
    if (image.isPresent()) {
      delete(id, image.get());
    }
  }

  private void delete(String id, JsonNode image) throws BuildException {
    if (!isOf(image, id)) {
      throw new BuildException(
          "The image "
              + id
              + " does not have the property "
              + Mark.BUILD
              + " of its build and is left alone");
    }
    Response response = client.repeatable(() -> request("images/" + id).DELETE());
    boolean gone =
        response.status() == HTTP_NO_CONTENT
            || response.status() == HTTP_NOT_FOUND
            || response.status() == HTTP_GONE;
    if (!gone) {
      throw refusal("does not delete the image " + id, response);
    }
  }

  /** Returns the images of the project with this name. */
  List<JsonNode> named(String name) throws BuildException {
    return list("name=" + encoded(name));
  }

  /** Returns the images of the project that builds created. */
  List<JsonNode> tagged() throws BuildException {
    return list("tag=" + TAG);
  }

  private List<JsonNode> list(String filter) throws BuildException {
    List<JsonNode> images = new ArrayList<>();
    String page = "images?owner=" + encoded(login.session().project()) + "&" + filter;
    while (!page.isEmpty()) {
      String current = page;
      Response response = client.repeatable(() -> request(current).GET());
      if (response.status() != HTTP_OK) {
        throw refusal("does not list images", response);
      }
      response.json().path("images").valueStream().forEach(images::add);
      // Starts with the version, and may omit what stands before it.
      page = response.json().path("next").asString("").replaceFirst("^.*?/v2/", "");
    }
    return images;
  }

  /** Returns how many images the project may have and has; empty if the service does not say. */
  Optional<String> exhaustedQuota() throws BuildException {
    Response response = client.repeatable(() -> request("info/usage").GET());
    if (response.status() != HTTP_OK) {
      return Optional.empty();
    }
    JsonNode count = response.json().at("/usage/image_count_total");
    long limit = count.path("limit").asLong(-1);
    long usage = count.path("usage").asLong(0);
    return limit >= 0 && usage >= limit
        ? Optional.of(usage + " of " + limit + " images")
        : Optional.empty();
  }

  /** Returns the error for a response that is not the expected one. */
  BuildException refusal(String what, Response response) throws BuildException {
    String remedy =
        switch (response.status()) {
          case HTTP_FORBIDDEN ->
              ". The login has the roles "
                  + String.join(", ", login.session().roles())
                  + " in the project "
                  + login.session().projectName()
                  + ". Most clouds ask for the role member, and for admin to publish an image";
          case HTTP_ENTITY_TOO_LARGE ->
              ". The quota of the project "
                  + login.session().projectName()
                  + " for images is used up, or the image is too large for the cloud";
          default -> "";
        };
    return new BuildException(Refusal.describe(connection.server(), what, response) + remedy);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).setHeader("Accept", "application/json");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
