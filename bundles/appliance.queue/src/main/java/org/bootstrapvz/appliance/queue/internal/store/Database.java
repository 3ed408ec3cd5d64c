/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.api.builds.BuildsException.Reason;
import org.bootstrapvz.appliance.api.operations.ServerStatus;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database: H2 in a file of the state directory, or PostgreSQL. It may be unreachable when the
 * appliance starts and at any time later. Safe for use by several threads.
 */
@Component(
    service = Database.class,
    configurationPid = DatabaseSettings.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = DatabaseSettings.class)
public final class Database {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int CONNECTION_TIMEOUT_MILLIS = 2000;

  /** Connections reserved for db-scheduler, which does not wait for its turn. */
  private static final int FOR_SCHEDULER = 3;

  /** How long a database that failed is not used. */
  private static final long RETRY_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Errors of H2 that say that its file is damaged. */
  private static final Set<Integer> DAMAGE =
      Set.of(DataUtils.ERROR_FILE_CORRUPT, DataUtils.ERROR_CHUNK_NOT_FOUND);

  private final DataSource source;
  private final HikariDataSource pool;
  private final boolean embedded;
  private final Semaphore turns;
  private final Object syncing = new Object();
  private final AtomicLong syncsRequested = new AtomicLong();
  private long syncsDone;
  private final SchemaMigration migration;
  private final Clock clock;
  private final DatabaseTime time = new DatabaseTime(System::nanoTime);
  private volatile long failedAt;
  private volatile String trouble = "";
  private volatile boolean closed;

  /** Why the database is not used until the next start; empty if it is used. */
  private volatile String refusal = "";

  /** If the database is embedded. */
  private final Optional<DatabaseFile> file;

  private final Consumer<String> cannotServe;

  /** Work with a connection. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does the work. */
    T run(Connection connection) throws SQLException;
  }

  /** Work with a connection, without a result. */
  @FunctionalInterface
  public interface Action {
    /** Does the work. */
    void run(Connection connection) throws SQLException;
  }

  /**
   * With its settings.
   *
   * @throws IOException if the password cannot be read
   */
  @Activate
  public Database(
      DatabaseSettings settings, @Reference StateDirectory state, @Reference ServerStatus status)
      throws IOException {
    this(settings, state, Clock.systemUTC(), reason -> status.failed(List.of(reason)));
  }

  /**
   * @param clock of this machine, which is that of an embedded database
   * @param cannotServe receives why the appliance cannot run with this database
   */
  public Database(
      DatabaseSettings settings, StateDirectory state, Clock clock, Consumer<String> cannotServe)
      throws IOException {
    this.clock = clock;
    this.cannotServe = cannotServe;
    embedded = settings.url().isEmpty();
    Path base = state.path().resolve("builds");
    file = embedded ? Optional.of(new DatabaseFile(base)) : Optional.empty();
    migration = new SchemaMigration(embedded);
    HikariConfig config = new HikariConfig();
    config.setPoolName("bootstrap-vz");
    source =
        embedded
            ? DataSources.file(base)
            : DataSources.server(settings.url(), settings.user(), settings.passwordFile());
    config.setDataSource(source);
    config.setMaximumPoolSize(Math.max(2, settings.connections()));
    config.setMinimumIdle(1);
    // A file is always reachable, but may be slow while the disk is busy.
    config.setConnectionTimeout(embedded ? 30_000 : CONNECTION_TIMEOUT_MILLIS);
    config.setValidationTimeout(embedded ? 10_000 : 1000);
    config.setInitializationFailTimeout(-1);
    file.flatMap(DatabaseFile::check)
        .ifPresent(
            reason -> {
              refuse(reason);
              cannotServe.accept(reason);
            });
    // Without its configuration a pool opens no connection.
    pool = refusal.isEmpty() ? new HikariDataSource(config) : new HikariDataSource();
    turns = new Semaphore(Math.max(1, config.getMaximumPoolSize() - FOR_SCHEDULER), true);
  }

  /**
   * Runs work in one transaction, which is rolled back if it throws.
   *
   * @throws BuildsException {@code UNAVAILABLE} if the database cannot be reached
   */
  public <T> T transaction(Work<T> work) {
    if (closed
        || !refusal.isEmpty()
        || !trouble.isEmpty() && System.nanoTime() - failedAt < RETRY_PAUSE_NANOS) {
      throw unavailable(null);
    }
    // Wait for a turn without a limit here: a timeout of the pool then means that the database
    // fails.
    turns.acquireUninterruptibly();
    try (Connection connection = pool.getConnection()) {
      migration.apply(connection);
      if (!time.isKnown()) {
        readTime(connection);
      }
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        works();
        return result;
      } catch (Throwable e) {
        rollBack(connection, e);
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      turns.release();
    }
  }

  /**
   * Runs work in one transaction, which is rolled back if it throws.
   *
   * @throws BuildsException {@code UNAVAILABLE} if the database cannot be reached
   */
  public void change(Action action) {
    transaction(
        connection -> {
          action.run(connection);
          return true;
        });
  }

  static void rollBack(Connection connection, Throwable reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  private BuildsException failure(SQLException e) {
    if (SchemaMigration.NEWER.equals(e.getSQLState())) {
      String reason = String.valueOf(e.getMessage());
      refuse(reason);
      cannotServe.accept(reason);
      return unavailable(e);
    }
    if (isWrongStatement(e)) {
      throw new IllegalStateException("Invalid database statement: " + e.getMessage(), e);
    }
    if (closed) {
      return unavailable(e);
    }
    if (file.isPresent() && isDamage(e)) {
      String reason = file.get().damaged(firstLine(e));
      LOG.error("{}. No builds are accepted until the appliance is started again", reason);
      refuse(reason);
      return unavailable(e);
    }
    fails("The database is not available: " + firstLine(e), e);
    // H2 regards connections as valid after the database has closed itself, for instance on a full
    // disk.
    pool.getHikariPoolMXBean().softEvictConnections();
    return unavailable(e);
  }

  /** From now on the database is not used. */
  private synchronized void refuse(String reason) {
    refusal = reason;
    trouble = reason;
  }

  /** Whether H2 found that its file is not as it wrote it. */
  private static boolean isDamage(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof SQLException e && e.getErrorCode() == ErrorCode.FILE_CORRUPTED_1
          || each instanceof MVStoreException m && DAMAGE.contains(m.getErrorCode())) {
        return true;
      }
    }
    return false;
  }

  /** Logs loss and recovery once each. */
  private synchronized void fails(String reason, SQLException e) {
    boolean known = !trouble.isEmpty();
    trouble = reason;
    failedAt = System.nanoTime();
    if (!known) {
      LOG.warn("{}. Retrying until it is", reason);
      LOG.debug("The database is not available", e);
    }
  }

  private void works() {
    if (!trouble.isEmpty()) {
      synchronized (this) {
        if (!trouble.isEmpty() && refusal.isEmpty()) {
          trouble = "";
          LOG.info("The database is available again");
        }
      }
    }
  }

  /**
   * Whether an exception of other code was caused by a database that is not available, which this
   * class logs; otherwise a statement is invalid.
   */
  public static boolean isAway(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof SQLException e) {
        return !isWrongStatement(e);
      }
    }
    return false;
  }

  private static boolean isWrongStatement(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("22") || state.startsWith("23") || state.startsWith("42");
  }

  private BuildsException unavailable(@Nullable SQLException cause) {
    return closed
        ? new BuildsException(Reason.UNAVAILABLE, "The appliance is stopping", cause)
        : new BuildsException(
            Reason.UNAVAILABLE, trouble + (refusal.isEmpty() ? ". Try again later" : ""), cause);
  }

  static String firstLine(SQLException e) {
    Throwable reason = e.getCause() instanceof SQLException cause ? cause : e;
    return String.valueOf(reason.getMessage())
        .lines()
        .findFirst()
        .orElse("no reason given")
        .replaceFirst("\\.$", "");
  }

  /** Why the database was not available at the last attempt; empty if it was. */
  public String trouble() {
    return trouble;
  }

  /** Makes all commits survive a power cut. PostgreSQL does so by itself. */
  void sync() {
    if (!embedded) {
      return;
    }
    long mine = syncsRequested.incrementAndGet();
    synchronized (syncing) {
      // One sync is enough for all that were requested before it started.
      if (syncsDone < mine) {
        long requested = syncsRequested.get();
        try (Connection connection = pool.getConnection();
            Statement statement = connection.createStatement()) {
          statement.execute("checkpoint sync");
        } catch (SQLException e) {
          throw failure(e);
        }
        syncsDone = requested;
      }
    }
  }

  /** A build was added and is on disk. */
  void stored(long id) {
    try {
      if (file.isPresent()) {
        file.get().stored(id);
      }
    } catch (IOException e) {
      LOG.warn("The number of the last build is not noted: {}", e.toString());
    }
  }

  /** Whether other appliances can use the same database. */
  public boolean isShared() {
    return !embedded;
  }

  /**
   * The time of the database, on which all appliances that share it agree. Before the database has
   * answered for the first time it is that of this machine; nothing can be decided then.
   */
  public Instant now() {
    return time.now().orElseGet(clock::instant);
  }

  /** Reads the time again. Monotonic time alone does not count while the machine is suspended. */
  void readTime(Connection connection) throws SQLException {
    time.read(() -> embedded ? clock.instant() : serverTime(connection));
  }

  private static Instant serverTime(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select clock_timestamp()")) {
      result.next();
      return result.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  /** For db-scheduler, which gets connections itself. */
  public DataSource dataSource() {
    return pool;
  }

  /** Closes the database. Later calls fail as {@code UNAVAILABLE}. */
  @Deactivate
  public void close() {
    closed = true;
    boolean opened = pool.isRunning();
    // First: while it is open, the pool replaces closed connections, which would open the file
    // again.
    pool.close();
    if (embedded && opened) {
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        // What is damaged is not written again.
        statement.execute(refusal.isEmpty() ? "shutdown" : "shutdown immediately");
      } catch (SQLException e) {
        // All commits are written; the next start recovers them.
        trouble = firstLine(e);
      }
    }
  }
}
