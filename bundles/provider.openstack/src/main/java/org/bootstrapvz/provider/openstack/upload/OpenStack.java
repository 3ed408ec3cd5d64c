/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Consumer;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Retries;
import org.bootstrapvz.cloud.http.RetryPolicy;
import org.bootstrapvz.cloud.http.RetryingClient;
import org.bootstrapvz.cloud.http.Server;
import org.bootstrapvz.cloud.http.Surroundings;

/** The connection to a cloud. Used by one thread. */
final class OpenStack implements AutoCloseable {
  private final Credentials credentials;
  private final HttpConnection identity;
  private final HttpConnection images;
  private final RetryPolicy policy;
  private final Retries retries;
  private final KeystoneLogin login;

  /**
   * Prepares the connection.
   *
   * @param mask receives the secrets
   * @param log receives a line for each retry
   */
  OpenStack(
      Credentials credentials, RetryPolicy policy, Consumer<Secret> mask, Consumer<String> log) {
    this.credentials = credentials;
    this.policy = policy;
    String remedy = "Check the address from " + credentials.source() + ", and that it runs";
    identity =
        new HttpConnection(
            new Server("identity service of OpenStack", remedy, ""), HttpClient.newBuilder());
    images =
        new HttpConnection(
            new Server(
                "image service of OpenStack",
                "Its address is from the catalog of the identity service",
                ""),
            HttpClient.newBuilder());
    retries = new Retries(policy, log);
    login = new KeystoneLogin(credentials, identity, retries, mask);
  }

  /** Opens what the surroundings describe, for a budget. */
  static OpenStack open(
      Surroundings surroundings,
      Credentials credentials,
      Duration budget,
      Consumer<Secret> mask,
      Consumer<String> log) {
    return new OpenStack(credentials, surroundings.retries().apply(budget), mask, log);
  }

  Credentials credentials() {
    return credentials;
  }

  /** Returns the session, and logs in if there is none. */
  Session session() throws BuildException {
    return login.session();
  }

  KeystoneLogin login() {
    return login;
  }

  RetryPolicy policy() {
    return policy;
  }

  /**
   * Returns the image service.
   *
   * @param region its region; empty for that of the credentials
   */
  Glance glance(String region) throws BuildException {
    String wanted = region.isEmpty() ? credentials.value("region_name") : region;
    return new Glance(
        images, new RetryingClient(images, login, retries), login, session().region(wanted));
  }

  @Override
  public void close() {
    images.close();
    identity.close();
  }
}
