/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.aws;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.ConnectionException;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Limits;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.Server;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.http.Waiting;
import tools.jackson.databind.JsonNode;

/** The services that give credentials to containers and instances of AWS. */
final class MetadataServices {
  private static final String CONTAINER = "http://169.254.170.2";
  private static final String INSTANCE = "http://169.254.169.254";
  private static final String ROLES = "/latest/meta-data/iam/security-credentials/";
  private static final Duration SHORT = Duration.ofSeconds(2);

  /** A machine that is none of AWS must not wait for long. */
  private static final Limits LIMITS = new Limits(SHORT, SHORT, SHORT);

  private final Surroundings surroundings;

  MetadataServices(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Returns what the service of the container answers; empty if this is no container of AWS. */
  Optional<JsonNode> container() throws BuildException {
    String relative = surroundings.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    String address =
        relative.isEmpty()
            ? surroundings.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI")
            : CONTAINER + relative;
    if (address.isEmpty()) {
      return Optional.empty();
    }
    try (HttpConnection connection = connection("credential service of the container")) {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address)).GET();
      String token = containerToken();
      if (!token.isEmpty()) {
        request.setHeader("Authorization", token);
      }
      Response response = connection.send(request.build(), Waiting.NOTHING, LIMITS);
      if (!response.isSuccess()) {
        throw new AwsException(connection.server(), "gives no credentials", response, "");
      }
      return Optional.of(response.json());
    } catch (IllegalArgumentException e) {
      throw new BuildException(
          "AWS_CONTAINER_CREDENTIALS_FULL_URI is not an address: \"" + address + "\"", e);
    }
  }

  private String containerToken() throws BuildException {
    String file = surroundings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
    if (file.isEmpty()) {
      return surroundings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN");
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new BuildException("The file " + file + " cannot be read", e);
    }
  }

  /**
   * Returns the credentials of the role of the instance.
   *
   * @throws ConnectionException if this is no instance
   */
  Optional<JsonNode> instance() throws BuildException {
    if (surroundings.variable("AWS_EC2_METADATA_DISABLED").equalsIgnoreCase("true")) {
      return Optional.empty();
    }
    String chosen = surroundings.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT");
    String base = chosen.isEmpty() ? INSTANCE : chosen.replaceAll("/+$", "");
    try (HttpConnection connection = connection("metadata service of the instance")) {
      HttpRequest.Builder session =
          HttpRequest.newBuilder(URI.create(base + "/latest/api/token"))
              .PUT(BodyPublishers.noBody())
              .setHeader("X-aws-ec2-metadata-token-ttl-seconds", "300");
      Response token = connection.send(session.build(), Waiting.NOTHING, LIMITS);
      if (!token.isSuccess()) {
        return Optional.empty();
      }
      Response roles = get(connection, base + ROLES, token.text());
      String role = roles.text().lines().findFirst().orElse("").strip();
      if (!roles.isSuccess() || role.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(get(connection, base + ROLES + role, token.text()).json());
    }
  }

  private static Response get(HttpConnection connection, String address, String token)
      throws BuildException {
    return connection.send(
        HttpRequest.newBuilder(URI.create(address))
            .setHeader("X-aws-ec2-metadata-token", token)
            .GET()
            .build(),
        Waiting.NOTHING,
        LIMITS);
  }

  private static HttpConnection connection(String name) {
    return HttpConnection.toMetadataServer(
        new Server(name, "Check that this machine is one of AWS", ""));
  }
}
