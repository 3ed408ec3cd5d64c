/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Drops what db-scheduler logs at every attempt, with a stack trace, while the database cannot be
 * reached: {@link Database} logs loss and recovery once each. Inactive if the log level of the
 * libraries is INFO or DEBUG.
 */
@Component
public final class DatabaseOutageFilter implements Filter {
  /** The package of db-scheduler. */
  private static final String SCHEDULER = "com.github.kagkarlsson.";

  /** Called by the container. */
  @Activate
  public DatabaseOutageFilter() {}

  @Override
  public boolean isLoggable(LogRecord record) {
    String logger = String.valueOf(record.getLoggerName());
    return !logger.startsWith(SCHEDULER)
        || Logger.getLogger(logger).isLoggable(Level.INFO)
        || !Database.isAway(record.getThrown());
  }
}
