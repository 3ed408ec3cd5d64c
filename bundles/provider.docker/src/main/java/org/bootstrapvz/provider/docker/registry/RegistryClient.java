/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.provider.docker.image.OciImage;

/**
 * Sends requests to a registry and authenticates them once the registry asks for it. The
 * authorization goes to the registry only, not to other servers that it names.
 */
final class RegistryClient implements AutoCloseable {
  static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

  private final Destination destination;
  private final RegistryConnection connection;
  private final Authentication authentication;
  private String authorization = "";

  RegistryClient(
      Destination destination, Optional<Credentials> credentials, HttpClient.Builder http) {
    this.destination = destination;
    this.connection = new RegistryConnection(http.connectTimeout(REQUEST_TIMEOUT));
    this.authentication = new Authentication(destination, credentials, connection);
  }

  /** A request that accepts the media types of registries, with the default timeout. */
  HttpRequest.Builder request(URI target) {
    return HttpRequest.newBuilder(target)
        .timeout(REQUEST_TIMEOUT)
        .setHeader("Accept", OciImage.MANIFEST_TYPE + ", application/json");
  }

  /** Sends a request, and repeats it once if the registry requires authentication. */
  RegistryResponse send(HttpRequest request) throws BuildException {
    RegistryResponse response = connection.send(authorized(request));
    if (response.status() != HTTP_UNAUTHORIZED || !isRegistry(request.uri())) {
      return response;
    }
    authorization = authentication.authorization(response);
    response = connection.send(authorized(request));
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
