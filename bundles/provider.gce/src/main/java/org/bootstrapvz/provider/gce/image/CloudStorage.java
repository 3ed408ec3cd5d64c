/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_PRECON_FAILED;
import static org.bootstrapvz.provider.gce.image.GoogleClient.encoded;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.FileBody;
import org.bootstrapvz.cloud.http.Limits;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.Waiting;
import org.bootstrapvz.cloud.ledger.Mark;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Cloud Storage, version 1 of its JSON API. Used by one thread. */
record CloudStorage(GoogleClient client, URI base) {
  private static final String TYPE = "application/gzip";

  /** Returns which of these permissions the login has; empty if there is no such bucket. */
  Optional<Set<String>> granted(String bucket, List<String> permissions) throws BuildException {
    String query =
        permissions.stream()
            .map(each -> "permissions=" + encoded(each))
            .collect(Collectors.joining("&"));
    Response response =
        client.send(() -> request("b/" + encoded(bucket) + "/iam/testPermissions?" + query).GET());
    if (response.status() == HTTP_NOT_FOUND) {
      return Optional.empty();
    }
    return Optional.of(
        ResourceManager.permissions(
            client.required("does not report the permissions for gs://" + bucket, response)));
  }

  /** Returns the description of an object; empty if there is none. */
  Optional<JsonNode> get(String bucket, String name) throws BuildException {
    Response response = client.send(() -> request(path(bucket, name)).GET());
    return response.status() == HTTP_NOT_FOUND
        ? Optional.empty()
        : Optional.of(
            client.required("does not show the object gs://" + bucket + "/" + name, response));
  }

  /**
   * Starts an upload; returns the address of the upload, which is a secret. Empty if there is an
   * object of this name.
   */
  Optional<URI> start(String bucket, String name, long size, Map<String, String> metadata)
      throws BuildException {
    ObjectNode body = JsonMapper.shared().createObjectNode().put("contentType", TYPE);
    ObjectNode values = body.putObject("metadata");
    metadata.forEach(values::put);
    URI address =
        base.resolve(
            "/upload/storage/v1/b/"
                + encoded(bucket)
                + "/o?uploadType=resumable&ifGenerationMatch=0&name="
                + encoded(name));
    Response response =
        client.send(
            () ->
                HttpRequest.newBuilder(address)
                    .setHeader("Content-Type", "application/json")
                    .setHeader("X-Upload-Content-Type", TYPE)
                    .setHeader("X-Upload-Content-Length", String.valueOf(size))
                    .POST(BodyPublishers.ofString(body.toString())));
    if (response.status() == HTTP_PRECON_FAILED) {
      return Optional.empty();
    }
    client.required("does not start an upload to gs://" + bucket + "/" + name, response);
    try {
      return Optional.of(URI.create(response.header("Location").orElse("")));
    } catch (IllegalArgumentException e) {
      // Its message contains the address.
      throw client.refusal("gives no address for the upload", response);
    }
  }

  /** Sends the rest of a file in one attempt; returns any response. */
  Response put(URI upload, FileBody body, long first, long total, Waiting waiting)
      throws BuildException {
    return client
        .connection()
        .send(
            HttpRequest.newBuilder(upload)
                .setHeader("Content-Range", "bytes " + first + "-" + (total - 1) + "/" + total)
                .setHeader("Content-Type", TYPE)
                .PUT(body.publisher())
                .build(),
            waiting,
            Limits.forBytes(body.length()));
  }

  /** Asks how much of an upload is stored; returns any response. */
  Response ask(URI upload, long total) throws BuildException {
    return client.send(
        () ->
            HttpRequest.newBuilder(upload)
                .setHeader("Content-Range", "bytes */" + total)
                .PUT(BodyPublishers.noBody()));
  }

  /** Sets the state in the mark of an object. */
  void setState(String bucket, String name, Mark.State state) throws BuildException {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.putObject("metadata").put(Mark.STATE, state.text());
    client.required(
        "does not change the metadata of gs://" + bucket + "/" + name,
        client.send(
            () ->
                request(path(bucket, name))
                    .setHeader("Content-Type", "application/json")
                    .method("PATCH", BodyPublishers.ofString(body.toString()))));
  }

  /** Returns whether an object is the one that a resource of the journal stands for. */
  static boolean isOf(JsonNode object, String nonce) {
    return object.path("metadata").path(Mark.BUILD).asString("").equals(nonce);
  }

  /** Deletes the object of a resource of the journal. Another one of this name is left alone. */
  void remove(String bucket, String name, String nonce) throws BuildException {
    Optional<JsonNode> object = get(bucket, name).filter(each -> isOf(each, nonce));
    if (object.isEmpty()) {
      return;
    }
    String generation = object.get().path("generation").asString("");
    Response response =
        client.send(
            () -> request(path(bucket, name) + "?ifGenerationMatch=" + generation).DELETE());
    boolean gone = response.status() == HTTP_NOT_FOUND || response.status() == HTTP_PRECON_FAILED;
    if (!gone) {
      client.required("does not delete gs://" + bucket + "/" + name, response);
    }
  }

  /** Returns the archives that builds created in any bucket of a project. */
  List<JsonNode> marked(String project) throws BuildException {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode bucket : all("b?project=" + encoded(project), "does not list buckets")) {
      String name = bucket.path("name").asString("");
      all(
              "b/" + encoded(name) + "/o?matchGlob=" + encoded("**" + Destination.EXTENSION),
              "does not list the objects of gs://" + name)
          .stream()
          .filter(each -> each.path("metadata").has(Mark.BUILD))
          .forEach(found::add);
    }
    return found;
  }

  private List<JsonNode> all(String list, String what) throws BuildException {
    return Pages.all(
        page ->
            client.required(
                what,
                client.send(
                    () ->
                        request(list + (page.isEmpty() ? "" : "&pageToken=" + encoded(page)))
                            .GET())));
  }

  private static String path(String bucket, String name) {
    return "b/" + encoded(bucket) + "/o/" + encoded(name);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve("/storage/v1/" + path));
  }
}
