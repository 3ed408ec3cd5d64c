/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Writes the log of the process to standard error as configured. SLF4J and System.Logger are bound
 * to java.util.logging, so the handler of the root logger receives everything. Services of the type
 * {@link Filter} can drop records.
 */
@Component(
    service = ApplianceLog.class,
    immediate = true,
    configurationPid = LogSettings.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = LogSettings.class)
public final class ApplianceLog {
  private final Logger root = Logger.getLogger("");
  private final Logger ours = Logger.getLogger("org.bootstrapvz");
  // It warns about every broken connection; the database logs loss and recovery once each.
  private final Logger pool = Logger.getLogger("com.zaxxer.hikari");
  private final Handler[] former = root.getHandlers();
  private final Level formerLevel = root.getLevel();
  private final PrintStream formerErr = System.err;
  private final Lines handler;
  private final boolean journal;
  private final List<Filter> filters = new CopyOnWriteArrayList<>();

  /** Called by the container. */
  @Activate
  public ApplianceLog(LogSettings settings) {
    this(
        settings,
        new FileOutputStream(FileDescriptor.err),
        System.getenv("JOURNAL_STREAM") != null);
  }

  /**
   * Writes to a stream.
   *
   * @param journal whether systemd's journal reads it
   */
  ApplianceLog(LogSettings settings, OutputStream out, boolean journal) {
    this.journal = journal;
    handler = new Lines(out, new TextFormat(journal));
    handler.setLevel(Level.ALL);
    handler.setFilter(record -> filters.stream().allMatch(filter -> filter.isLoggable(record)));
    configure(settings);
    root.addHandler(handler);
    List.of(former).forEach(root::removeHandler);
  }

  /**
   * Applies changed settings. The handler stays in place: a record that another thread logs
   * meanwhile is written in the previous format or in the new one, never lost.
   */
  @Modified
  void configure(LogSettings settings) {
    boolean json = settings.format() == LogSettings.Format.JSON;
    handler.setFormatter(json ? new JsonFormat() : new TextFormat(journal));
    Level libraries = level(settings.libraries());
    root.setLevel(libraries);
    ours.setLevel(level(settings.level()));
    pool.setLevel(libraries.intValue() < Level.WARNING.intValue() ? libraries : Level.SEVERE);
    // What is printed instead of logged must be an object, too.
    System.setErr(
        json ? new PrintStream(new LoggedOutput(root), true, StandardCharsets.UTF_8) : formerErr);
  }

  private static Level level(LogSettings.Level level) {
    return switch (level) {
      case ERROR -> Level.SEVERE;
      case WARN -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.FINE;
    };
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addFilter(Filter filter) {
    filters.add(filter);
  }

  void removeFilter(Filter filter) {
    filters.remove(filter);
  }

  /** Restores the previous handlers and levels. */
  @Deactivate
  public void close() {
    root.removeHandler(handler);
    root.setLevel(formerLevel);
    List.of(former).forEach(root::addHandler);
    ours.setLevel(null);
    pool.setLevel(null);
    System.setErr(formerErr);
  }

  /** Flushes after each record. */
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
