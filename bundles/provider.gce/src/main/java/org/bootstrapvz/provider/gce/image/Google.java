/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Retries;
import org.bootstrapvz.cloud.http.RetryPolicy;
import org.bootstrapvz.cloud.http.RetryingClient;
import org.bootstrapvz.cloud.http.Server;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.login.TokenLogin;
import org.bootstrapvz.provider.gce.internal.login.CredentialSearch;
import org.bootstrapvz.provider.gce.internal.login.Credentials;

/** The connection to Google Cloud. Used by one thread. */
final class Google implements AutoCloseable {
  private static final Server LOGIN =
      new Server("login of Google", "Check token_uri in the file of the credentials", "");

  private final Credentials credentials;
  private final Endpoints endpoints;
  private final RetryPolicy policy;
  private final Consumer<String> log;
  private final Retries retries;
  private final TokenLogin login;
  private final HttpConnection compute;
  private final HttpConnection storage;
  private final HttpConnection resourceManager;

  /**
   * Prepares the connection.
   *
   * @param mask receives the secrets
   * @param log receives a line for each retry
   */
  Google(
      Credentials credentials,
      Endpoints endpoints,
      RetryPolicy policy,
      Consumer<Secret> mask,
      Consumer<String> log) {
    this.credentials = credentials;
    this.endpoints = endpoints;
    this.policy = policy;
    this.log = log;
    retries = new Retries(policy, log);
    login = new TokenLogin(credentials, LOGIN, () -> retries, mask);
    compute = connection("Compute Engine service");
    storage = connection("Cloud Storage service");
    resourceManager = connection("Resource Manager service");
  }

  private static HttpConnection connection(String name) {
    return new HttpConnection(
        new Server(name, "Check the network and CLOUDSDK_API_ENDPOINT_OVERRIDES_*", ""),
        HttpClient.newBuilder());
  }

  /** Opens what a manifest describes, for a budget. */
  static Google open(
      Surroundings surroundings,
      Manifest manifest,
      Duration budget,
      Consumer<Secret> mask,
      Consumer<String> log)
      throws BuildException {
    ManifestValue file = manifest.at("provider.upload.credentials");
    return new Google(
        new CredentialSearch(surroundings)
            .find(file.text("").isEmpty() ? "" : manifest.resolve(file).toString()),
        Endpoints.of(surroundings),
        surroundings.retries().apply(budget),
        mask,
        log);
  }

  Credentials credentials() {
    return credentials;
  }

  Endpoints endpoints() {
    return endpoints;
  }

  RetryPolicy policy() {
    return policy;
  }

  /** Logs in. */
  void logIn() throws BuildException {
    login.logIn();
  }

  private GoogleClient client(HttpConnection connection) {
    return new GoogleClient(
        connection,
        new RetryingClient(connection, login, retries),
        new Retries(policy, log),
        credentials.source());
  }

  CloudStorage storage() {
    return new CloudStorage(client(storage), endpoints.storage());
  }

  Compute compute(String project) {
    return new Compute(client(compute), endpoints.compute(), project, policy);
  }

  ResourceManager resourceManager() {
    return new ResourceManager(client(resourceManager), endpoints.resourceManager());
  }

  @Override
  public void close() {
    Stream.of(compute, storage, resourceManager).forEach(HttpConnection::close);
    login.close();
  }
}
