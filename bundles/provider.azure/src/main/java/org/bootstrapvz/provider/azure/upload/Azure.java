/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Consumer;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Retries;
import org.bootstrapvz.cloud.http.RetryPolicy;
import org.bootstrapvz.cloud.http.RetryingClient;
import org.bootstrapvz.cloud.http.Server;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.login.TokenLogin;
import org.bootstrapvz.provider.azure.internal.login.CredentialSearch;
import org.bootstrapvz.provider.azure.internal.login.Credentials;
import org.bootstrapvz.provider.azure.internal.login.Endpoints;

/** The connection to a subscription of Azure. Used by one thread. */
final class Azure implements AutoCloseable {
  private static final Server LOGIN =
      new Server("login of Azure", "Check the network and AZURE_AUTHORITY_HOST", "");

  private final Credentials credentials;
  private final Endpoints endpoints;
  private final String subscription;
  private final RetryPolicy policy;
  private final TokenLogin login;
  private final HttpConnection connection;
  private final ResourceManager resources;

  /**
   * Prepares the connection.
   *
   * @param mask receives the secrets
   * @param log receives a line for each retry
   */
  Azure(
      Credentials credentials,
      Endpoints endpoints,
      String subscription,
      RetryPolicy policy,
      Consumer<Secret> mask,
      Consumer<String> log) {
    this.credentials = credentials;
    this.endpoints = endpoints;
    this.subscription = subscription;
    this.policy = policy;
    Retries retries = new Retries(policy, log);
    login = new TokenLogin(credentials, LOGIN, () -> retries, mask);
    connection =
        new HttpConnection(
            new Server(
                "Resource Manager of Azure",
                "Check the network and AZURE_RESOURCE_MANAGER_URL",
                ""),
            HttpClient.newBuilder());
    resources =
        new ResourceManager(
            connection,
            new RetryingClient(connection, login, retries, AzureError::verdict),
            new RetryingClient(connection, login, retries, AzureError::verdictOfDeletion),
            URI.create(endpoints.resourceManager()),
            policy,
            credentials.source());
  }

  /** Opens what a manifest describes, for a budget. */
  static Azure open(
      Surroundings surroundings,
      Manifest manifest,
      Duration budget,
      Consumer<Secret> mask,
      Consumer<String> log)
      throws BuildException {
    return open(
        surroundings, manifest.at("provider.upload.subscription").text(""), budget, mask, log);
  }

  /** Opens a subscription; the default one if its id is empty. */
  static Azure open(
      Surroundings surroundings,
      String subscription,
      Duration budget,
      Consumer<Secret> mask,
      Consumer<String> log)
      throws BuildException {
    CredentialSearch search = new CredentialSearch(surroundings);
    Endpoints endpoints = Endpoints.of(surroundings);
    Credentials credentials = search.find(subscription, endpoints);
    return new Azure(
        credentials,
        endpoints,
        search.subscription(subscription, credentials),
        surroundings.retries().apply(budget),
        mask,
        log);
  }

  /** Opens another connection to the same subscription, for another thread. */
  Azure another(Consumer<Secret> mask, Consumer<String> log) {
    return new Azure(credentials, endpoints, subscription, policy, mask, log);
  }

  Credentials credentials() {
    return credentials;
  }

  Endpoints endpoints() {
    return endpoints;
  }

  String subscription() {
    return subscription;
  }

  RetryPolicy policy() {
    return policy;
  }

  /** Logs in. */
  void logIn() throws BuildException {
    login.logIn();
  }

  ResourceManager resources() {
    return resources;
  }

  @Override
  public void close() {
    connection.close();
    login.close();
  }
}
