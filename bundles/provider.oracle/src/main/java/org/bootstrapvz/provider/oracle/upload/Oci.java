/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Retries;
import org.bootstrapvz.cloud.http.RetryPolicy;
import org.bootstrapvz.cloud.http.RetryingClient;
import org.bootstrapvz.cloud.http.Server;
import org.bootstrapvz.cloud.http.Surroundings;

/** The connection to a region of Oracle Cloud Infrastructure. Used by one thread. */
final class Oci implements AutoCloseable {
  private final Credentials credentials;
  private final String region;
  private final RetryPolicy policy;
  private final Consumer<String> log;
  private final Retries retries;
  private final RequestSigner signer;
  private final Endpoints endpoints;
  private final HttpConnection objects;
  private final HttpConnection compute;
  private final HttpConnection search;

  /**
   * Prepares the connection.
   *
   * @param mask receives the secrets
   * @param log receives a line for each retry
   */
  Oci(
      Credentials credentials,
      String region,
      Endpoints endpoints,
      RetryPolicy policy,
      Consumer<Secret> mask,
      Consumer<String> log) {
    this.credentials = credentials;
    this.region = region;
    this.endpoints = endpoints;
    this.policy = policy;
    this.log = log;
    credentials.secrets().forEach(mask);
    retries = new Retries(policy, log);
    signer = new RequestSigner(credentials, Clock.systemUTC());
    objects = connection("Object Storage", region);
    compute = connection("Compute", region);
    search = connection("Resource Search", region);
  }

  private static HttpConnection connection(String name, String region) {
    return new HttpConnection(
        new Server(
            name + " service of Oracle",
            "Check the network, and that " + region + " is the identifier of a region",
            ""),
        HttpClient.newBuilder());
  }

  /** Opens what a manifest describes, for a budget. */
  static Oci open(
      Surroundings surroundings,
      Manifest manifest,
      Duration budget,
      Consumer<Secret> mask,
      Consumer<String> log)
      throws BuildException {
    return open(
        surroundings,
        manifest.at("provider.upload.profile").text(""),
        manifest.at("provider.upload.region").text(""),
        budget,
        mask,
        log);
  }

  /** Opens a region; that of the credentials if it is empty. */
  static Oci open(
      Surroundings surroundings,
      String profile,
      String region,
      Duration budget,
      Consumer<Secret> mask,
      Consumer<String> log)
      throws BuildException {
    Credentials credentials = new CredentialSearch(surroundings).find(profile);
    String chosen = region.isEmpty() ? credentials.region() : region;
    if (!chosen.matches("[a-z0-9-]+")) {
      throw new BuildException(
          chosen.isEmpty()
              ? "The "
                  + credentials
                  + " have no region. Set provider.upload.region or OCI_CLI_REGION"
              : "\"" + chosen + "\" is not the identifier of a region, such as eu-frankfurt-1");
    }
    return new Oci(
        credentials,
        chosen,
        Endpoints.of(surroundings, chosen),
        surroundings.retries().apply(budget),
        mask,
        log);
  }

  Credentials credentials() {
    return credentials;
  }

  String region() {
    return region;
  }

  Endpoints endpoints() {
    return endpoints;
  }

  RetryPolicy policy() {
    return policy;
  }

  RequestSigner signer() {
    return signer;
  }

  private OciClient client(HttpConnection connection, String right) {
    return new OciClient(
        connection,
        new RetryingClient(connection, signer, retries, OciError::verdict),
        signer,
        log,
        credentials,
        right);
  }

  ObjectStorage objects() {
    return new ObjectStorage(client(objects, "manage objects"), endpoints.objects());
  }

  /** Returns a client for requests one after another to Object Storage, for another thread. */
  RetryingClient parts(Consumer<String> other) {
    return new RetryingClient(objects, signer, new Retries(policy, other), OciError::verdict);
  }

  Images images() {
    return new Images(client(compute, "manage instance-images"), endpoints.compute(), policy);
  }

  ResourceSearch search() {
    return new ResourceSearch(client(search, "inspect all-resources"), endpoints.search());
  }

  @Override
  public void close() {
    Stream.of(objects, compute, search).forEach(HttpConnection::close);
  }
}
