/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.internal.login;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.login.TokenEndpoint;

/** The secret of an application (RFC 6749, 4.4). */
record ClientSecret(Source source, String tenant, Secret secret, Endpoints endpoints)
    implements Credentials {
  @Override
  public String subscription() {
    return "";
  }

  @Override
  public List<Secret> secrets() {
    return List.of(secret);
  }

  @Override
  public Secret token(TokenEndpoint endpoint) throws BuildException {
    return endpoint.exchange(
        URI.create(endpoints.authority() + "/" + tenant + "/oauth2/v2.0/token"),
        Map.of(
            "grant_type",
            "client_credentials",
            "client_id",
            source.client(),
            "scope",
            endpoints.resourceManager() + "/.default"),
        Map.entry("client_secret", secret),
        "Check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET. A secret expires: az ad app"
            + " credential list --id "
            + source.client());
  }
}
