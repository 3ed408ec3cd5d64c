/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseOutageFilterTest {
  private static final String SCHEDULER = "com.github.kagkarlsson.scheduler.Scheduler";
  private static final SQLException AWAY = new SQLException("Connection refused", "08001");
  private static final SQLException WRONG = new SQLException("Column not found", "42703");

  private final Logger scheduler = Logger.getLogger(SCHEDULER);
  private final DatabaseOutageFilter filter = new DatabaseOutageFilter();

  @AfterEach
  void reset() {
    scheduler.setLevel(null);
  }

  private boolean isLogged(String logger, SQLException cause) {
    LogRecord record = new LogRecord(Level.SEVERE, "Unhandled exception. Will keep running.");
    record.setLoggerName(logger);
    record.setThrown(new IllegalStateException(cause));
    return filter.isLoggable(record);
  }

  @Test
  void theSchedulerDoesNotReportAnOutageOfTheDatabaseAgainAndAgain() {
    scheduler.setLevel(Level.WARNING);

    assertEquals(false, isLogged(SCHEDULER, AWAY));
    assertEquals(true, isLogged(SCHEDULER, WRONG));
    assertEquals(true, isLogged("org.bootstrapvz.appliance.Ours", AWAY));
  }

  @Test
  void everythingIsLoggedIfTheLibrariesAreToLogMore() {
    scheduler.setLevel(Level.INFO);

    assertEquals(true, isLogged(SCHEDULER, AWAY));
  }
}
