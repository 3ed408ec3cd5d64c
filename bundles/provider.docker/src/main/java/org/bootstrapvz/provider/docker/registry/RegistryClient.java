/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Optional;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Limits;
import org.bootstrapvz.cloud.http.Server;
import org.bootstrapvz.cloud.http.Waiting;
import org.bootstrapvz.provider.docker.image.OciImage;

/**
 * Sends requests to a registry and authenticates them once the registry asks for it. The
 * authorization goes to the registry only, not to other servers that it names.
 */
final class RegistryClient implements AutoCloseable {
  private static final Server SERVER =
      new Server(
          "registry",
          "Check provider.push.to and that it runs",
          "If it has none, set provider.push.tls to false");

  private final Destination destination;
  private final HttpConnection connection;
  private final Authentication authentication;
  private String authorization = "";

  RegistryClient(
      Destination destination, Optional<Credentials> credentials, HttpClient.Builder http) {
    this.destination = destination;
    this.connection = new HttpConnection(SERVER, http);
    this.authentication = new Authentication(destination, credentials, connection);
  }

  /** A request that accepts the media types of registries. */
  HttpRequest.Builder request(URI target) {
    return HttpRequest.newBuilder(target)
        .setHeader("Accept", OciImage.MANIFEST_TYPE + ", application/json");
  }

  /** Sends a request, and repeats it once if the registry requires authentication. */
  RegistryResponse send(HttpRequest request) throws BuildException {
    return send(request, Waiting.NOTHING, Limits.SMALL);
  }

  /** Sends a request in the same way, with a body that may be large. */
  RegistryResponse send(HttpRequest request, Waiting waiting, Limits limits) throws BuildException {
    RegistryResponse response =
        new RegistryResponse(connection.send(authorized(request), waiting, limits));
    if (response.status() != HTTP_UNAUTHORIZED || !isRegistry(request.uri())) {
      return response;
    }
    authorization = authentication.authorization(response);
    response = new RegistryResponse(connection.send(authorized(request), waiting, limits));
    if (response.status() == HTTP_UNAUTHORIZED) {
      throw Refusal.of(destination, "did not accept the login", response);
    }
    return response;
  }

  private HttpRequest authorized(HttpRequest request) {
    if (authorization.isEmpty() || !isRegistry(request.uri())) {
      return request;
    }
    return HttpRequest.newBuilder(request, (name, value) -> true)
        .setHeader("Authorization", authorization)
        .build();
  }

  private boolean isRegistry(URI target) {
    return target.getRawAuthority().equals(destination.address().getRawAuthority())
        && target.getScheme().equals(destination.address().getScheme());
  }

  @Override
  public void close() {
    connection.close();
  }
}
