/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import static java.net.HttpURLConnection.HTTP_OK;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The Resource Manager, which knows the permissions of a login in a project. */
record ResourceManager(GoogleClient client, URI base) {
  /**
   * Returns which of these permissions the login has; empty if the service does not say, since its
   * API has to be enabled for a project.
   */
  Optional<Set<String>> granted(String project, List<String> permissions) throws BuildException {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode asked = body.putArray("permissions");
    permissions.forEach(asked::add);
    Response response =
        client.send(
            () ->
                HttpRequest.newBuilder(
                        base.resolve(
                            "/v1/projects/"
                                + GoogleClient.encoded(project)
                                + ":testIamPermissions"))
                    .setHeader("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body.toString())));
    return response.status() == HTTP_OK
        ? Optional.of(permissions(response.json()))
        : Optional.empty();
  }

  /** Returns the permissions in an answer. */
  static Set<String> permissions(JsonNode answer) {
    return answer
        .path("permissions")
        .valueStream()
        .map(JsonNode::asString)
        .collect(Collectors.toUnmodifiableSet());
  }
}
