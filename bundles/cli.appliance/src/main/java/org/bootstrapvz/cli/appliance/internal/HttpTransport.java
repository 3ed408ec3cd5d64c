/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.bootstrapvz.api.value.Secret;

/** Sends requests over the network, with the token that belongs to the server. */
final class HttpTransport implements Transport {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final ServerAddress server;
  private final Secret token;
  private final HttpClient client;

  /**
   * A transport.
   *
   * @param authority a file with the CA certificates to trust, instead of those of Java
   * @throws ApplianceException if the token would be sent in the clear, or a file cannot be read
   */
  HttpTransport(ServerAddress server, Secret token, Optional<Path> authority)
      throws ApplianceException {
    server.checkConfidential();
    this.server = server;
    this.token = token;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            // Whoever answers must not choose who gets the token.
            .followRedirects(HttpClient.Redirect.NEVER);
    if (authority.isPresent()) {
      builder.sslContext(TrustedIssuers.read(authority.get()));
    }
    client = builder.build();
  }

  @Override
  public String appliance() {
    return server.toString();
  }

  @Override
  public ApiResponse send(ApiRequest request, Duration timeout)
      throws ApplianceException, IOException, InterruptedException {
    if (server.isUnprovenLocal()) {
      LoopbackListener.check(server);
    }
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(server + request.path()))
            .header("Authorization", "Bearer " + token.reveal())
            .method(
                request.method(),
                request.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(request.body()));
    request.headers().forEach(builder::header);
    if (!timeout.isZero()) {
      builder.timeout(timeout);
    }
    try {
      HttpResponse<InputStream> response =
          client.send(builder.build(), BodyHandlers.ofInputStream());
      Map<String, String> headers = new HashMap<>();
      response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
      return new ApiResponse(response.statusCode(), headers, response.body());
    } catch (ConnectException e) {
      throw new ApplianceException(
          "No appliance is running at " + server + "; start one there with \"bootstrap-vz serve\"");
    } catch (SSLException e) {
      throw new ApplianceException(
          "The certificate of "
              + server
              + " is not trusted: "
              + e.getMessage()
              + "; use --ca-file=FILE to trust its issuer");
    }
  }
}
