/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.internal.login;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Refusal;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.Server;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.login.TokenEndpoint;

/**
 * The identity of this machine, if it is one of Azure.
 *
 * @param base the address of the metadata service
 */
record ManagedIdentity(Source source, URI base, Endpoints endpoints) implements Credentials {
  private static final String HOST = "AZURE_POD_IDENTITY_AUTHORITY_HOST";
  private static final String ADDRESS = "http://169.254.169.254";

  /** The asset tag of the chassis of every machine in Azure. */
  private static final String ASSET = "7783-7084-3265-9085-8269-3286-77";

  private static final Server SERVER = new Server("metadata service", "Check " + HOST, "");

  /**
   * Finds the service.
   *
   * @param asset the file with the asset tag of the chassis; only a machine of Azure is asked,
   *     since the address may belong to anybody elsewhere
   */
  static Optional<ManagedIdentity> find(
      Surroundings surroundings, Path asset, String client, Endpoints endpoints) {
    String host = surroundings.variable(HOST);
    if (host.isEmpty() && !isOfAzure(asset)) {
      return Optional.empty();
    }
    return Optional.of(
        new ManagedIdentity(
            new Source(Source.Kind.MANAGED_IDENTITY, client, ""),
            URI.create(host.isEmpty() ? ADDRESS : host),
            endpoints));
  }

  private static boolean isOfAzure(Path asset) {
    try {
      return Files.readString(asset).strip().equals(ASSET);
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns why the machine has no identity; empty if it has one. */
  Optional<String> problem() throws BuildException {
    try (HttpConnection connection = HttpConnection.toMetadataServer(SERVER)) {
      Response response = connection.send(request().build());
      // Too many requests, or an error that passes, shows nothing.
      return response.status() / 100 == 4 && response.status() != 429
          ? Optional.of(
              response.json().path("error_description").asString("status " + response.status()))
          : Optional.empty();
    }
  }

  @Override
  public String subscription() {
    return "";
  }

  @Override
  public List<Secret> secrets() {
    return List.of();
  }

  @Override
  public Secret token(TokenEndpoint endpoint) throws BuildException {
    try (HttpConnection connection = HttpConnection.toMetadataServer(SERVER)) {
      Response response = endpoint.client(connection).repeatable(this::request);
      if (!response.isSuccess()) {
        throw new BuildException(
            Refusal.describe(SERVER, "gives no token", response)
                + ". Check that the machine has an identity, and AZURE_CLIENT_ID if it has several");
      }
      return Secret.of(response.json().path("access_token").asString(""));
    }
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(
            base.resolve(
                "/metadata/identity/oauth2/token?api-version=2018-02-01&resource="
                    + encoded(endpoints.resourceManager() + "/")
                    + (source.client().isEmpty() ? "" : "&client_id=" + encoded(source.client()))))
        .setHeader("Metadata", "true")
        .GET();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
