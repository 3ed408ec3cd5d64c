/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.IOException;
import java.time.Duration;

/** A way to reach an appliance. It never follows a redirect. */
interface Transport {
  /** The appliance, as messages name it. */
  String appliance();

  /**
   * Sends a request.
   *
   * @param timeout how long to wait for the response; zero for as long as it takes
   * @throws ApplianceException if the appliance cannot be reached
   * @throws IOException if the connection was lost
   */
  ApiResponse send(ApiRequest request, Duration timeout)
      throws ApplianceException, IOException, InterruptedException;
}
