/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.connections;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LostConnectionFilterTest {
  private static final String JETTY = "org.eclipse.jetty.util.thread.QueuedThreadPool";
  private static final Exception RELEASED =
      new IllegalStateException("already released ReferenceCounter@1[r=0]");

  private final Logger jetty = Logger.getLogger(JETTY);
  private final LostConnectionFilter filter = new LostConnectionFilter();

  @AfterEach
  void reset() {
    jetty.setLevel(null);
  }

  private boolean isLogged(String logger, Exception thrown) {
    LogRecord record = new LogRecord(Level.WARNING, "Job failed");
    record.setLoggerName(logger);
    record.setThrown(thrown);
    return filter.isLoggable(record);
  }

  @Test
  void aClientThatLeavesWhenItsAnswerEndsLeavesNoStackTraceInTheLog() {
    jetty.setLevel(Level.WARNING);

    assertEquals(false, isLogged(JETTY, RELEASED));
    assertEquals(true, isLogged(JETTY, new IllegalStateException("stopped")));
    assertEquals(true, isLogged(JETTY, new NullPointerException()));
    assertEquals(true, isLogged("org.bootstrapvz.appliance.Ours", RELEASED));
  }

  @Test
  void everythingIsLoggedIfTheLibrariesAreToLogMore() {
    jetty.setLevel(Level.INFO);

    assertEquals(true, isLogged(JETTY, RELEASED));
  }
}
