/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static org.bootstrapvz.provider.oracle.upload.OciClient.encoded;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.RetryPolicy;
import org.bootstrapvz.cloud.ledger.Mark;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The images of the Compute service. Used by one thread. */
record Images(OciClient client, URI base, RetryPolicy policy) {
  private static final Duration POLL = Duration.ofSeconds(5);

  /** A new image is not listed at once. */
  private static final Duration PROPAGATION = Duration.ofSeconds(5);

  private static final String DELETED = "DELETED";

  /** Is told that an image is still being imported. */
  @FunctionalInterface
  interface Progress {
    /** Reports the state. */
    void running(String state);
  }

  /**
   * An image that was asked for.
   *
   * @param work the id of what imports it; empty if it is unknown
   */
  record Started(String id, String work) {}

  private URI address(String path) {
    return base.resolve("/20160918/" + path);
  }

  /** Starts to create an image. A repeated request with the same nonce gives the same image. */
  Started create(ObjectNode image, String nonce) throws BuildException {
    Response response =
        client.send(
            () ->
                OciClient.json(address("images"), "POST", image)
                    .setHeader("opc-retry-token", nonce));
    return new Started(
        client.required("does not create the image", response).path("id").asString(""),
        response.header("opc-work-request-id").orElse(""));
  }

  /** Waits until an image is available; a new one may not be known at once. */
  void await(Started image, Duration max, Progress progress) throws BuildException {
    for (Duration waited = Duration.ZERO; waited.compareTo(max) < 0; waited = waited.plus(POLL)) {
      String state = state(image.id());
      if (state.equals("AVAILABLE")) {
        return;
      }
      boolean ended = state.isEmpty() ? waited.compareTo(PROPAGATION) > 0 : !isChanging(state);
      if (ended) {
        throw new BuildException(
            "Oracle gave up the image "
                + image.id()
                + (state.isEmpty() ? "" : " (state " + state + ")")
                + errors(image.work()));
      }
      progress.running(state);
      policy.await(POLL);
    }
    throw new BuildException(
        "Oracle has not imported the image "
            + image.id()
            + " within "
            + max.toMinutes()
            + " minutes");
  }

  private static boolean isChanging(String state) {
    return state.equals("PROVISIONING") || state.equals("IMPORTING") || state.equals("EXPORTING");
  }

  /** Returns the state of an image; empty if there is none. */
  private String state(String id) throws BuildException {
    Response response =
        client.send(() -> HttpRequest.newBuilder(address("images/" + encoded(id))).GET());
    return response.status() == HTTP_NOT_FOUND
        ? ""
        : client
            .required("does not show the image " + id, response)
            .path("lifecycleState")
            .asString("");
  }

  /** Returns why an import failed, to be added to a message. */
  private String errors(String work) throws BuildException {
    if (work.isEmpty()) {
      return "";
    }
    Response response =
        client.send(
            () ->
                HttpRequest.newBuilder(address("workRequests/" + encoded(work) + "/errors")).GET());
    if (!response.isSuccess()) {
      return "";
    }
    String errors =
        response
            .json()
            .valueStream()
            .map(each -> each.path("message").asString(""))
            .collect(Collectors.joining("; "));
    return errors.isEmpty() ? "" : ": " + errors;
  }

  /** Replaces the tags of an image. */
  void setTags(String id, ObjectNode tags) throws BuildException {
    client.required(
        "does not change the tags of the image " + id,
        client.send(() -> OciClient.json(address("images/" + encoded(id)), "PUT", tags)));
  }

  /** Returns the images of a compartment that have this name. */
  List<JsonNode> named(String compartment, String name) throws BuildException {
    return client
        .pages(
            "does not list the images of the compartment " + compartment,
            address(
                "images?limit=100&compartmentId="
                    + encoded(compartment)
                    + "&displayName="
                    + encoded(name)))
        .stream()
        .flatMap(JsonNode::valueStream)
        .filter(image -> !image.path("lifecycleState").asString("").equals(DELETED))
        .toList();
  }

  private Optional<String> marked(String compartment, String name, String nonce)
      throws BuildException {
    return named(compartment, name).stream()
        .filter(image -> tag(image, Mark.BUILD).equals(nonce))
        .map(image -> image.path("id").asString(""))
        .findFirst();
  }

  /** Returns a tag of an image; empty if it has none of this name. */
  static String tag(JsonNode image, String name) {
    return image.path("freeformTags").path(name).asString("");
  }

  /**
   * Deletes the image of a resource of the journal, which may be in creation. Another one of this
   * name is left alone.
   */
  void remove(String compartment, String name, String nonce, Duration max) throws BuildException {
    Optional<String> id = marked(compartment, name, nonce);
    if (id.isEmpty()) {
      policy.await(PROPAGATION);
      id = marked(compartment, name, nonce);
    }
    if (id.isPresent()) {
      delete(id.get(), max);
      // Oracle answers "not found" if the right is missing, too.
      if (marked(compartment, name, nonce).isPresent()) {
        throw new BuildException(
            "The image "
                + id.get()
                + " is still there. Check that a policy allows to manage instance-images");
      }
    }
  }

  private void delete(String id, Duration max) throws BuildException {
    Duration waited = Duration.ZERO;
    while (isChanging(state(id)) && waited.compareTo(max) < 0) {
      policy.await(POLL);
      waited = waited.plus(POLL);
    }
    Response response =
        client.send(() -> HttpRequest.newBuilder(address("images/" + encoded(id))).DELETE());
    if (response.status() != HTTP_NOT_FOUND) {
      client.required("does not delete the image " + id, response);
    }
  }
}
