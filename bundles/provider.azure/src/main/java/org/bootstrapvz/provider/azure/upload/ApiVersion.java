/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

/** The version of the API for each kind of resource. */
final class ApiVersion {
  static final String GROUP = "2021-04-01";

  private static final String SUBSCRIPTION = "2022-12-01";
  private static final String PERMISSIONS = "2022-04-01";
  private static final String COMPUTE = "/providers/Microsoft.Compute/";

  private ApiVersion() {}

  /** Returns the version for a resource. */
  static String of(String id) {
    if (id.contains(COMPUTE + "disks/")) {
      return "2025-01-02";
    }
    if (id.contains(COMPUTE + "galleries/")) {
      return "2024-03-03";
    }
    if (id.contains(COMPUTE + "images/")) {
      return "2024-07-01";
    }
    if (id.endsWith("/providers/Microsoft.Authorization/permissions")) {
      return PERMISSIONS;
    }
    return id.matches("/subscriptions/[^/]+") ? SUBSCRIPTION : GROUP;
  }
}
