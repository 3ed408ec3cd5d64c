/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import java.net.URI;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.Encryption;
import org.bootstrapvz.cloud.http.Surroundings;

/**
 * The addresses of the services in a region, each without a path.
 *
 * @param objects of Object Storage
 * @param compute of the Compute service
 * @param search of the Resource Search service
 */
record Endpoints(URI objects, URI compute, URI search) {
  /** Returns those of the commercial realm, or those that variables name instead. */
  static Endpoints of(Surroundings surroundings, String region) throws BuildException {
    return new Endpoints(
        address(surroundings, "OBJECT_STORAGE", "objectstorage", region),
        address(surroundings, "COMPUTE", "iaas", region),
        address(surroundings, "SEARCH", "query", region));
  }

  private static URI address(Surroundings surroundings, String service, String host, String region)
      throws BuildException {
    String variable = "OCI_" + service + "_ENDPOINT";
    String text = surroundings.variable(variable);
    if (text.isEmpty()) {
      return URI.create("https://" + host + "." + region + ".oraclecloud.com");
    }
    try {
      if (Encryption.isSafe(URI.create(text))) {
        return URI.create(text).resolve("/");
      }
    } catch (IllegalArgumentException e) {
      // Reported below.
    }
    throw new BuildException(
        variable + " is \"" + text + "\", but must be an address that starts with https://");
  }
}
