/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.bootstrapvz.appliance.internal.store.Database;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Has all that is logged in the process written to standard error as configured. Everybody's way
 * there is java.util.logging, which SLF4J and System.Logger are bound to.
 */
@Component(
    service = ApplianceLog.class,
    immediate = true,
    configurationPid = LogSettings.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = LogSettings.class)
public final class ApplianceLog {
  private static final Map<LogSettings.Level, Level> LEVELS =
      Map.of(
          LogSettings.Level.ERROR, Level.SEVERE,
          LogSettings.Level.WARN, Level.WARNING,
          LogSettings.Level.INFO, Level.INFO,
          LogSettings.Level.DEBUG, Level.FINE);

  private final Logger root = Logger.getLogger("");
  private final Logger ours = Logger.getLogger("org.bootstrapvz");
  // Warns of every connection that broke, where one line about the database is enough.
  private final Logger pool = Logger.getLogger("com.zaxxer.hikari");
  private final Handler[] former = root.getHandlers();
  private final Level formerLevel = root.getLevel();
  private final PrintStream formerErr = System.err;
  private final Handler handler;

  /** Begins to write. */
  @Activate
  public ApplianceLog(LogSettings settings) {
    this(
        settings,
        new FileOutputStream(FileDescriptor.err),
        System.getenv("JOURNAL_STREAM") != null);
  }

  /**
   * Writes somewhere.
   *
   * @param journal whether it is systemd's journal that reads
   */
  ApplianceLog(LogSettings settings, OutputStream out, boolean journal) {
    boolean json = settings.format() == LogSettings.Format.JSON;
    Level libraries = LEVELS.get(settings.libraries());
    handler = new Lines(out, json ? new JsonFormat() : new TextFormat(journal));
    handler.setLevel(Level.ALL);
    handler.setFilter(record -> !isToldByDatabase(record, libraries));
    List.of(former).forEach(root::removeHandler);
    root.addHandler(handler);
    root.setLevel(libraries);
    ours.setLevel(LEVELS.get(settings.level()));
    pool.setLevel(libraries.intValue() < Level.WARNING.intValue() ? libraries : Level.SEVERE);
    if (json) {
      // What is not logged but printed must be an object, too.
      System.setErr(new PrintStream(new LoggedOutput(root), true, StandardCharsets.UTF_8));
    }
  }

  /**
   * While the database is away, db-scheduler says so at every attempt and with a stack trace; one
   * line of {@link Database} is enough.
   */
  private static boolean isToldByDatabase(LogRecord record, Level libraries) {
    return libraries.intValue() >= Level.WARNING.intValue()
        && String.valueOf(record.getLoggerName()).contains(".kagkarlsson.")
        && Database.isAway(record.getThrown());
  }

  /** Ends it: what is logged is written as before. */
  @Deactivate
  public void close() {
    root.removeHandler(handler);
    root.setLevel(formerLevel);
    List.of(former).forEach(root::addHandler);
    ours.setLevel(null);
    pool.setLevel(null);
    System.setErr(formerErr);
  }

  /** Each record is out before the next thing happens. */
  private static final class Lines extends StreamHandler {
    Lines(OutputStream out, Formatter formatter) {
      super(out, formatter);
    }

    @Override
    public synchronized void publish(LogRecord record) {
      super.publish(record);
      flush();
    }
  }
}
