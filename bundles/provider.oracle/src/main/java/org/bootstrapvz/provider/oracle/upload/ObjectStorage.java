/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static org.bootstrapvz.provider.oracle.upload.OciClient.encoded;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.ledger.Mark;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Object Storage. Used by one thread. */
record ObjectStorage(OciClient client, URI base) {
  /** The start of the names of objects from which images are made. */
  static final String PREFIX = "bootstrap-vz-";

  private static final String METADATA = "opc-meta-";
  private static final String NO_UPLOAD = "NoSuchUpload";

  /** A place for objects. */
  record Bucket(String namespace, String name) {
    private String path() {
      return "/n/" + encoded(namespace) + "/b/" + encoded(name);
    }

    private String object(String object) {
      return path() + "/o/" + encoded(object);
    }

    private String upload(String object, String id) {
      return path() + "/u/" + encoded(object) + "?uploadId=" + encoded(id);
    }
  }

  /** Returns the name of the temporary object of a resource. */
  static String name(String nonce, String extension) {
    return PREFIX + nonce + "." + extension;
  }

  /** Returns the namespace of the tenancy: this is the login. */
  String namespace() throws BuildException {
    Response response = client.send(() -> HttpRequest.newBuilder(base.resolve("/n/")).GET());
    return client.required("does not accept the login", response).asString("");
  }

  /** Returns whether the login sees a bucket. */
  boolean exists(Bucket bucket) throws BuildException {
    Response response =
        client.send(() -> HttpRequest.newBuilder(base.resolve(bucket.path())).GET());
    if (response.status() == HTTP_NOT_FOUND) {
      return false;
    }
    client.required("does not show the bucket " + bucket.name(), response);
    return true;
  }

  /** Starts an upload in parts; returns its id. */
  String start(Bucket bucket, String object, Mark mark) throws BuildException {
    ObjectNode body = JsonMapper.shared().createObjectNode().put("object", object);
    body.put("contentType", "application/octet-stream");
    ObjectNode metadata = body.putObject("metadata");
    mark.tags().forEach((name, value) -> metadata.put(METADATA + name, value));
    Response response =
        client.send(
            () ->
                OciClient.json(base.resolve(bucket.path() + "/u"), "POST", body)
                    .setHeader("if-none-match", "*"));
    return client
        .required("does not start an upload to the bucket " + bucket.name(), response)
        .path("uploadId")
        .asString("");
  }

  /** Returns the request that stores a part, whose body is not signed. */
  Supplier<HttpRequest.Builder> part(
      Bucket bucket, String object, String upload, int number, byte[] content, String md5) {
    URI address = base.resolve(bucket.upload(object, upload) + "&uploadPartNum=" + number);
    return () ->
        HttpRequest.newBuilder(address)
            .setHeader("content-type", "application/octet-stream")
            .setHeader("content-md5", md5)
            .PUT(BodyPublishers.ofByteArray(content));
  }

  /**
   * Joins the parts to an object. If an attempt did so although its answer was lost, there is no
   * such upload any more, but the object.
   *
   * @param tags of the parts, by their numbers
   */
  void commit(Bucket bucket, String object, String upload, Map<Integer, String> tags, String nonce)
      throws BuildException {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode parts = body.putArray("partsToCommit");
    tags.forEach((number, tag) -> parts.addObject().put("partNum", number).put("etag", tag));
    Response response =
        client.send(
            () -> OciClient.json(base.resolve(bucket.upload(object, upload)), "POST", body));
    if (!(isMissing(response, NO_UPLOAD) && isOf(bucket, object, nonce))) {
      client.required("does not join the parts of the image", response);
    }
  }

  /** Returns whether there is an object that bears the mark of a resource. */
  private boolean isOf(Bucket bucket, String object, String nonce) throws BuildException {
    return mark(bucket, object).filter(mark -> mark.nonce().equals(nonce)).isPresent();
  }

  /** Returns the mark of an object; empty if there is no object. */
  Optional<Mark> mark(Bucket bucket, String object) throws BuildException {
    Response response =
        client.send(
            () ->
                HttpRequest.newBuilder(base.resolve(bucket.object(object)))
                    .method("HEAD", BodyPublishers.noBody()));
    if (response.status() == HTTP_NOT_FOUND) {
      return Optional.empty();
    }
    client.required("does not show the object " + object, response);
    return Optional.of(Mark.of(tag -> response.header(METADATA + tag).orElse("")));
  }

  /** Returns the objects whose names start so; fails if the login may not see them. */
  List<JsonNode> list(Bucket bucket, String prefix) throws BuildException {
    List<JsonNode> found = new ArrayList<>();
    String start = "";
    do {
      String query =
          "/o?fields=name,timeCreated&prefix="
              + encoded(prefix)
              + (start.isEmpty() ? "" : "&start=" + encoded(start));
      JsonNode page =
          client.required(
              "does not list the bucket " + bucket.name(),
              client.send(() -> HttpRequest.newBuilder(base.resolve(bucket.path() + query)).GET()));
      page.path("objects").valueStream().forEach(found::add);
      start = page.path("nextStartWith").asString("");
    } while (!start.isEmpty());
    return found;
  }

  /**
   * Deletes the object of a resource of the journal, and all that was uploaded for it. Its uploads
   * are ended first: none of them becomes an object later.
   */
  void remove(Bucket bucket, String object, String nonce) throws BuildException {
    endUploads(bucket, object);
    boolean listed =
        list(bucket, object).stream()
            .anyMatch(each -> each.path("name").asString("").equals(object));
    if (!listed) {
      return;
    }
    Optional<Mark> mark = mark(bucket, object);
    if (mark.isEmpty()) {
      throw new BuildException(
          "The object "
              + object
              + " is in the bucket "
              + bucket.name()
              + ", but cannot be read. Check that a policy allows to manage objects");
    }
    if (!mark.get().nonce().equals(nonce)) {
      return;
    }
    Response response =
        client.send(() -> HttpRequest.newBuilder(base.resolve(bucket.object(object))).DELETE());
    if (!isMissing(response, "ObjectNotFound")) {
      client.required("does not delete the object " + object, response);
    }
  }

  /** Oracle answers with this status if a right is missing, too, but with another code. */
  private static boolean isMissing(Response response, String code) {
    return response.status() == HTTP_NOT_FOUND && OciError.code(response).equals(code);
  }

  private void endUploads(Bucket bucket, String object) throws BuildException {
    List<JsonNode> pages =
        client.pages(
            "does not list uploads to the bucket " + bucket.name(),
            base.resolve(bucket.path() + "/u?limit=1000"));
    for (JsonNode page : pages) {
      for (JsonNode upload : page) {
        if (upload.path("object").asString("").equals(object)) {
          end(bucket, object, upload.path("uploadId").asString(""));
        }
      }
    }
  }

  private void end(Bucket bucket, String object, String upload) throws BuildException {
    Response response =
        client.send(
            () -> HttpRequest.newBuilder(base.resolve(bucket.upload(object, upload))).DELETE());
    if (!isMissing(response, NO_UPLOAD)) {
      client.required("does not end an upload", response);
    }
  }
}
