/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.connections;

import java.io.IOException;
import org.eclipse.jetty.io.QuietException;

/** The server closed a connection; not a failure of the server, so it is not logged. */
final class ClosedConnectionException extends IOException implements QuietException {
  private static final long serialVersionUID = 1L;

  ClosedConnectionException(String reason) {
    super(reason);
  }
}
