/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_PRECON_FAILED;
import static org.bootstrapvz.provider.gce.image.GoogleClient.encoded;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.RetryPolicy;
import org.bootstrapvz.cloud.ledger.Mark;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The images of a project in Compute Engine. Used by one thread. */
record Compute(GoogleClient client, URI base, String project, RetryPolicy policy) {
  private static final Duration POLL = Duration.ofSeconds(2);

  /** How often the labels may change while they are set. */
  private static final int MAX_CONFLICTS = 5;

  /** Is told that an operation is still running. */
  @FunctionalInterface
  interface Progress {
    /** Reports the state. */
    void running(String status);
  }

  /** Returns the UUID by which Compute Engine recognizes the request of a resource. */
  static String requestId(String nonce) {
    return nonce.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
  }

  /** Returns the description of the project; throws if the login may not see it. */
  JsonNode describe() throws BuildException {
    return client.required(
        "does not show the project " + project,
        client.send(
            () -> HttpRequest.newBuilder(base.resolve("projects/" + encoded(project))).GET()));
  }

  /** Returns an image; empty if there is none of this name. */
  Optional<JsonNode> get(String name) throws BuildException {
    Response response = client.send(() -> request("images/" + encoded(name)).GET());
    return response.status() == HTTP_NOT_FOUND
        ? Optional.empty()
        : Optional.of(client.required("does not show the image " + name, response));
  }

  /** Returns the images that builds created. */
  List<JsonNode> marked() throws BuildException {
    String list = "images?filter=" + encoded("labels." + Mark.BUILD + ":*");
    return Pages.all(
        page ->
            client.required(
                "does not list images",
                client.send(
                    () ->
                        request(list + (page.isEmpty() ? "" : "&pageToken=" + encoded(page)))
                            .GET())));
  }

  /** Starts to create an image. A repeated request with the same nonce gives the same operation. */
  Operation insert(ObjectNode image, String nonce) throws BuildException {
    String name = image.path("name").asString("");
    Response response = client.send(() -> post("images?requestId=" + requestId(nonce), image));
    if (response.status() == HTTP_CONFLICT) {
      throw new BuildException(
          "The project " + project + " already has an image " + name + ". " + ImageName.TAKEN);
    }
    return new Operation(client.required("does not create the image " + name, response));
  }

  /** Returns the operation that creates the image of a resource; empty if there is none. */
  Optional<Operation> operationOf(String nonce) throws BuildException {
    String filter = "clientOperationId=\"" + requestId(nonce) + "\"";
    JsonNode list =
        client.required(
            "does not list operations",
            client.send(() -> request("operations?filter=" + encoded(filter)).GET()));
    return list.path("items").valueStream().findFirst().map(Operation::new);
  }

  /**
   * Waits until an operation is done, successfully or not.
   *
   * @param max how long to wait
   */
  Operation await(Operation operation, Duration max, Progress progress) throws BuildException {
    Operation current = operation;
    for (long polls = max.dividedBy(POLL); !current.isDone(); polls--) {
      if (polls == 0) {
        throw new BuildException(
            "Compute Engine has not ended the operation "
                + operation.name()
                + " within "
                + max.toSeconds()
                + " seconds");
      }
      progress.running(current.content().path("status").asString(""));
      policy.await(POLL);
      Response response =
          client.send(() -> request("operations/" + encoded(operation.name())).GET());
      current = new Operation(client.required("does not show an operation", response));
    }
    return current;
  }

  /** Sets the state in the mark of an image, unless it has that. */
  void setState(String name, Mark.State state, Duration max, Progress progress)
      throws BuildException {
    for (int conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      JsonNode image =
          get(name)
              .orElseThrow(
                  () -> new BuildException("The image " + name + " does not exist any more"));
      if (image.path("labels").path(Mark.STATE).asString("").equals(state.text())) {
        return;
      }
      ObjectNode body = JsonMapper.shared().createObjectNode();
      body.set("labelFingerprint", image.path("labelFingerprint"));
      body.putObject("labels").setAll(image.withObject("/labels")).put(Mark.STATE, state.text());
      Response response = client.send(() -> post("images/" + encoded(name) + "/setLabels", body));
      if (response.status() != HTTP_PRECON_FAILED) {
        String what = "does not set the labels of the image " + name;
        Operation done = await(new Operation(client.required(what, response)), max, progress);
        if (done.isFailed()) {
          throw done.error(what);
        }
        return;
      }
    }
    throw new BuildException(
        "The labels of the image " + name + " were changed by others at the same time");
  }

  /** Returns whether an image is the one that a resource of the journal stands for. */
  static boolean isOf(JsonNode image, String nonce) {
    return image.path("labels").path(Mark.BUILD).asString("").equals(nonce);
  }

  /**
   * Deletes the image of a resource of the journal, which may be in creation. Another one of this
   * name is left alone.
   */
  void remove(String name, String nonce, Duration max) throws BuildException {
    Optional<Operation> creation = operationOf(nonce);
    if (creation.isPresent()) {
      await(creation.get(), max, status -> {});
    }
    if (get(name).filter(image -> isOf(image, nonce)).isEmpty()) {
      return;
    }
    Response response = client.send(() -> request("images/" + encoded(name)).DELETE());
    if (response.status() == HTTP_NOT_FOUND) {
      return;
    }
    String what = "does not delete the image " + name;
    Operation deletion = await(new Operation(client.required(what, response)), max, status -> {});
    if (deletion.isFailed() && get(name).isPresent()) {
      throw deletion.error(what);
    }
  }

  private HttpRequest.Builder post(String path, ObjectNode body) {
    return request(path)
        .setHeader("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.toString()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve("projects/" + encoded(project) + "/global/" + path));
  }
}
