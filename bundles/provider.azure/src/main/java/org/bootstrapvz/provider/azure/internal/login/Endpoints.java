/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.internal.login;

import java.net.URI;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.Encryption;
import org.bootstrapvz.cloud.http.Surroundings;

/**
 * The addresses of Azure, without a slash at their ends.
 *
 * @param authority of the server that logs in
 * @param resourceManager of the Resource Manager
 */
public record Endpoints(String authority, String resourceManager) {
  private static final String AUTHORITY = "AZURE_AUTHORITY_HOST";
  private static final String RESOURCE_MANAGER = "AZURE_RESOURCE_MANAGER_URL";

  /** Returns those of the public cloud, or those that variables name instead. */
  public static Endpoints of(Surroundings surroundings) throws BuildException {
    return new Endpoints(
        address(surroundings, AUTHORITY, "https://login.microsoftonline.com"),
        address(surroundings, RESOURCE_MANAGER, "https://management.azure.com"));
  }

  private static String address(Surroundings surroundings, String variable, String standard)
      throws BuildException {
    String text = surroundings.variable(variable);
    if (text.isEmpty()) {
      return standard;
    }
    try {
      if (Encryption.isSafe(URI.create(text))) {
        return text.replaceFirst("/+$", "");
      }
    } catch (IllegalArgumentException e) {
      // Reported below.
    }
    throw new BuildException(
        variable + " is \"" + text + "\", but must be an address that starts with https://");
  }
}
