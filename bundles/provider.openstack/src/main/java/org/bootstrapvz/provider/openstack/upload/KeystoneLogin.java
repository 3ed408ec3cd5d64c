/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import static java.net.HttpURLConnection.HTTP_CREATED;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.function.Consumer;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Login;
import org.bootstrapvz.cloud.http.Refusal;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.Retries;
import org.bootstrapvz.cloud.http.RetryingClient;
import org.jspecify.annotations.Nullable;

/** Logs in to Keystone, with its API version 3. Used by one thread. */
final class KeystoneLogin implements Login {
  private final Credentials credentials;
  private final HttpConnection connection;
  private final RetryingClient client;
  private final Consumer<Secret> mask;
  private @Nullable Session session;

  KeystoneLogin(
      Credentials credentials, HttpConnection connection, Retries retries, Consumer<Secret> mask) {
    this.credentials = credentials;
    this.connection = connection;
    this.client = new RetryingClient(connection, Login.NONE, retries);
    this.mask = mask;
    mask.accept(credentials.secret());
  }

  /** Returns the session, and logs in if there is none. */
  Session session() throws BuildException {
    Session current = session;
    if (current == null) {
      current = logIn();
      session = current;
    }
    return current;
  }

  private Session logIn() throws BuildException {
    Response response =
        client.repeatable(
            () ->
                HttpRequest.newBuilder(credentials.tokens())
                    .setHeader("Content-Type", "application/json")
                    .setHeader("Accept", "application/json")
                    .POST(BodyPublishers.ofString(credentials.request())));
    if (response.status() == HTTP_UNAUTHORIZED) {
      throw new BuildException(
          Refusal.describe(connection.server(), "does not accept the login", response)
              + ". Check user, password, domain and project: they are from "
              + credentials.source());
    }
    String text = response.header("X-Subject-Token").orElse("");
    if (response.status() != HTTP_CREATED || text.isEmpty()) {
      throw new BuildException(
          Refusal.describe(connection.server(), "gives no token", response)
              + ". Check that the address from "
              + credentials.source()
              + " is that of Keystone with its API version 3");
    }
    Secret token = Secret.of(text);
    mask.accept(token);
    String access = credentials.value("interface");
    return Session.of(token, response.json().path("token"), access.isEmpty() ? "public" : access);
  }

  @Override
  public void authorize(HttpRequest.Builder request) throws BuildException {
    request.setHeader("X-Auth-Token", session().token().reveal());
  }

  @Override
  public boolean renew(Response refusal) throws BuildException {
    session = logIn();
    return true;
  }
}
