/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.internal.login;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.login.TokenEndpoint;

/** The login of a user, as "gcloud auth application-default login" stores it. */
record UserLogin(
    Source source,
    String project,
    String clientId,
    Secret clientSecret,
    Secret refreshToken,
    URI tokenUri)
    implements Credentials {
  @Override
  public String account() {
    return "";
  }

  @Override
  public List<Secret> secrets() {
    return List.of(clientSecret, refreshToken);
  }

  @Override
  public Secret token(TokenEndpoint endpoint) throws BuildException {
    return endpoint.exchange(
        tokenUri,
        Map.of(
            "grant_type",
            "refresh_token",
            "client_id",
            clientId,
            "client_secret",
            clientSecret.reveal()),
        Map.entry("refresh_token", refreshToken),
        "Log in again: gcloud auth application-default login");
  }
}
