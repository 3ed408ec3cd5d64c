/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.connections;

import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Drops what Jetty logs, with a stack trace, when a client closes its connection at the moment its
 * answer ends: two threads release the buffer of the connection, and the second one fails (Jetty's
 * issue 12939). The connection is closed in any case. Inactive if the log level of the libraries is
 * INFO or DEBUG.
 */
@Component
public final class LostConnectionFilter implements Filter {
  private static final String JETTY = "org.eclipse.jetty.";
  private static final String RELEASED = "already released ";

  /** Called by the container. */
  @Activate
  public LostConnectionFilter() {}

  @Override
  public boolean isLoggable(LogRecord record) {
    String logger = String.valueOf(record.getLoggerName());
    return !logger.startsWith(JETTY)
        || Logger.getLogger(logger).isLoggable(Level.INFO)
        || !(record.getThrown() instanceof IllegalStateException)
        || !String.valueOf(record.getThrown().getMessage()).startsWith(RELEASED);
  }
}
