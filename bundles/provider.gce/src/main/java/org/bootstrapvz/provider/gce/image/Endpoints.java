/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import java.net.URI;
import org.bootstrapvz.cloud.http.Surroundings;

/**
 * The addresses of the services, each with a slash at its end.
 *
 * @param compute of Compute Engine, version 1 of its API
 * @param storage of Cloud Storage, without a path
 * @param resourceManager of the Resource Manager, without a path
 */
record Endpoints(URI compute, URI storage, URI resourceManager) {
  private static final String OVERRIDE = "CLOUDSDK_API_ENDPOINT_OVERRIDES_";

  /** Returns Google's, or those that the variables of gcloud name instead. */
  static Endpoints of(Surroundings surroundings) {
    return new Endpoints(
        address(surroundings, "COMPUTE", "https://compute.googleapis.com/compute/v1/"),
        address(surroundings, "STORAGE", "https://storage.googleapis.com/").resolve("/"),
        address(
                surroundings,
                "CLOUDRESOURCEMANAGER",
                "https://cloudresourcemanager.googleapis.com/")
            .resolve("/"));
  }

  private static URI address(Surroundings surroundings, String service, String standard) {
    String address = surroundings.variable(OVERRIDE + service);
    return URI.create((address.isEmpty() ? standard : address).replaceFirst("/*$", "/"));
  }
}
