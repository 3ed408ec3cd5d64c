/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.login;

import java.net.http.HttpRequest;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.Login;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.Retries;
import org.bootstrapvz.cloud.http.Server;
import org.jspecify.annotations.Nullable;

/** Authorizes requests with a token, which is issued when it is needed. Used by one thread. */
public final class TokenLogin implements Login, AutoCloseable {
  private final TokenSource credentials;
  private final TokenEndpoint endpoint;
  private final Consumer<Secret> mask;
  private @Nullable Secret token;

  /**
   * Creates a login.
   *
   * @param server how messages name the server that issues tokens
   * @param mask receives the secrets
   */
  public TokenLogin(
      TokenSource credentials, Server server, Supplier<Retries> retries, Consumer<Secret> mask) {
    this.credentials = credentials;
    this.mask = mask;
    endpoint = new TokenEndpoint(server, retries, mask);
    credentials.secrets().forEach(mask);
  }

  /** Obtains a token, unless there is one. */
  public void logIn() throws BuildException {
    current();
  }

  private Secret current() throws BuildException {
    Secret current = token;
    if (current == null) {
      current = obtain();
      token = current;
    }
    return current;
  }

  private Secret obtain() throws BuildException {
    Secret obtained = credentials.token(endpoint);
    if (obtained.reveal().isEmpty()) {
      throw new BuildException("There is no token in the answer of " + credentials.place());
    }
    mask.accept(obtained);
    return obtained;
  }

  @Override
  public void authorize(HttpRequest.Builder request) throws BuildException {
    request.setHeader("Authorization", "Bearer " + current().reveal());
  }

  /** {@inheritDoc} A source that still has the old token has no better one. */
  @Override
  public boolean renew(Response refusal) throws BuildException {
    Secret old = token;
    Secret renewed = obtain();
    token = renewed;
    return old == null || !renewed.equals(old);
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
