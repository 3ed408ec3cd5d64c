/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.http;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Adds routes to the HTTP API. Register it as an OSGi service; the appliance serves its routes as
 * long as the service is registered, and lists them in {@code GET /api/v1/openapi.json}.
 *
 * <p>Code of other bundles runs in threads of its own, never in those that answer requests. A
 * handler that takes longer than the configured time is interrupted and its request is answered
 * with 503; one that throws is answered with 500. In both cases the log names the bundle, and other
 * requests are not affected.
 */
@ConsumerType
public interface HttpResource {
  /**
   * The routes. Called once for each registration of the service; the result must not change.
   *
   * <p>If two resources have the same method and path, the one with the higher service ranking
   * wins, then the one that was registered first. A route that matches a request which a route of
   * the appliance itself answers is ignored, and the log names it.
   */
  List<Route> routes();
}
