/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.login;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Login;
import org.bootstrapvz.cloud.http.Refusal;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.Retries;
import org.bootstrapvz.cloud.http.RetryingClient;
import org.bootstrapvz.cloud.http.Server;

/** Exchanges what proves an identity for a token. Used by one thread. */
public final class TokenEndpoint implements AutoCloseable {
  private final HttpConnection connection;
  private final Supplier<Retries> retries;
  private final Consumer<Secret> mask;

  /**
   * Creates a client.
   *
   * @param server how messages name the server
   * @param mask receives what is sent
   */
  public TokenEndpoint(Server server, Supplier<Retries> retries, Consumer<Secret> mask) {
    this.connection = new HttpConnection(server, HttpClient.newBuilder());
    this.retries = retries;
    this.mask = mask;
  }

  /**
   * Sends a form and returns the token of the answer.
   *
   * @param proof a secret of the form, and its name
   * @param remedy what to check if it is not accepted
   */
  public Secret exchange(
      URI address, Map<String, String> fields, Map.Entry<String, Secret> proof, String remedy)
      throws BuildException {
    mask.accept(proof.getValue());
    Map<String, String> form = new TreeMap<>(fields);
    form.put(proof.getKey(), proof.getValue().reveal());
    String body =
        form.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    Response response =
        client(connection)
            .repeatable(
                () ->
                    HttpRequest.newBuilder(address)
                        .setHeader("Content-Type", "application/x-www-form-urlencoded")
                        .setHeader("Accept", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    if (!response.isSuccess()) {
      throw new BuildException(
          Refusal.describe(connection.server(), "does not accept the credentials", response)
              + ". "
              + remedy);
    }
    return Secret.of(response.json().path("access_token").asString(""));
  }

  /** Returns a client for another server that issues tokens. */
  public RetryingClient client(HttpConnection other) {
    return new RetryingClient(other, Login.NONE, retries.get());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    connection.close();
  }
}
