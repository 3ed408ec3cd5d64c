/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.internal.login;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Refusal;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.Server;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.login.TokenEndpoint;

/** The service account of the machine, if it is one of Google Compute Engine. */
record MetadataServer(URI base) implements Credentials {
  private static final String ADDRESS = "169.254.169.254";
  private static final String TOKEN = "instance/service-accounts/default/token";

  /**
   * Finds the server.
   *
   * @param product the file with the name of the machine's product; only a machine of Google is
   *     asked, since the address may belong to anybody elsewhere
   */
  static Optional<MetadataServer> find(Surroundings surroundings, Path product) {
    String host = surroundings.variable("GCE_METADATA_HOST");
    if (host.isEmpty() && !isOfGoogle(product)) {
      return Optional.empty();
    }
    return Optional.of(
        new MetadataServer(
            URI.create("http://" + (host.isEmpty() ? ADDRESS : host) + "/computeMetadata/v1/")));
  }

  private static boolean isOfGoogle(Path product) {
    try {
      return Files.readString(product).strip().startsWith("Google");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Source source() {
    return Source.METADATA;
  }

  @Override
  public String account() {
    return "";
  }

  @Override
  public String project() throws BuildException {
    return ask("project/project-id", response -> response.text().strip());
  }

  @Override
  public List<Secret> secrets() {
    return List.of();
  }

  @Override
  public Secret token(TokenEndpoint endpoint) throws BuildException {
    return Secret.of(ask(TOKEN, response -> response.json().path("access_token").asString("")));
  }

  private String ask(String path, Function<Response, String> value) throws BuildException {
    try (HttpConnection connection =
        HttpConnection.toMetadataServer(
            new Server("metadata server", "Check GCE_METADATA_HOST", ""))) {
      Response response =
          connection.send(
              HttpRequest.newBuilder(base.resolve(path))
                  .setHeader("Metadata-Flavor", "Google")
                  .GET()
                  .build());
      if (!response.isSuccess()) {
        throw new BuildException(
            Refusal.describe(connection.server(), "gives no " + path, response)
                + ". Check that the machine has a service account with the scope cloud-platform");
      }
      return value.apply(response);
    }
  }
}
