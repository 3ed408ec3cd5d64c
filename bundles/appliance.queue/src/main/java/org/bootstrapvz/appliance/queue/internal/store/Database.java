/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.api.builds.BuildsException.Reason;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.h2.jdbcx.JdbcDataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database: H2 in a file of the state folder, or PostgreSQL. Need not be reachable when the
 * appliance starts, and may go and come back. Safe for use by several threads.
 *
 * <p>The tables come from the resources {@code 001.sql}, {@code 002.sql} … beside this class, each
 * applied once, in order, to whatever database is found; never change one that was released. H2
 * cannot take back a change of tables, so each statement must stand being done twice: {@code if not
 * exists}. They are written in the SQL that PostgreSQL and H2 in its PostgreSQL mode share, a
 * statement ending in a semicolon at the end of a line.
 */
@Component(
    service = Database.class,
    configurationPid = DatabaseSettings.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = DatabaseSettings.class)
public final class Database {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int CONNECT_TIMEOUT_MILLIS = 2000;

  /** Connections that are left to db-scheduler, which does not wait for its turn. */
  private static final int FOR_SCHEDULER = 3;

  /** How long a database that failed is not asked again. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Any number; taken while tables are made, so that of several appliances one makes them. */
  private static final long MIGRATION_LOCK = 0x62766d6967L;

  private final HikariDataSource pool;
  private final boolean embedded;
  private final Semaphore turns;
  private final Object syncing = new Object();
  private final AtomicLong syncsAsked = new AtomicLong();
  private long syncsDone;
  private volatile boolean migrated;
  private volatile long failedAt;
  private volatile String trouble = "";
  private volatile boolean closed;

  /** Something to do with a connection. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it. */
    T run(Connection connection) throws SQLException;
  }

  /** Something to do with a connection that gives nothing. */
  @FunctionalInterface
  public interface Action {
    /** Does it. */
    void run(Connection connection) throws SQLException;
  }

  /**
   * With its settings.
   *
   * @throws IOException if the password cannot be read
   */
  @Activate
  public Database(DatabaseSettings settings, @Reference StateDirectory state) throws IOException {
    embedded = settings.url().isEmpty();
    HikariConfig config = new HikariConfig();
    config.setPoolName("bootstrap-vz");
    config.setDataSource(
        embedded
            ? file(state.path().resolve("builds"))
            : server(settings.url(), settings.user(), settings.passwordFile()));
    config.setMaximumPoolSize(Math.max(2, settings.connections()));
    config.setMinimumIdle(1);
    // A file does not go away; it may be slow while a disk is busy.
    config.setConnectionTimeout(embedded ? 30_000 : CONNECT_TIMEOUT_MILLIS);
    config.setValidationTimeout(embedded ? 10_000 : 1000);
    config.setInitializationFailTimeout(-1);
    pool = new HikariDataSource(config);
    turns = new Semaphore(Math.max(1, config.getMaximumPoolSize() - FOR_SCHEDULER), true);
  }

  private static DataSource file(Path file) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(url(file));
    source.setUser("sa");
    source.setPassword("");
    return source;
  }

  static String url(Path file) {
    // This way of access survives that a thread is interrupted while it reads or writes.
    return "jdbc:h2:async:"
        + file
        // What is committed is written at once; see sync() for what must survive a power cut.
        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"
        // A log of its own beside it, which nobody rotates and in which values stand.
        + ";DB_CLOSE_DELAY=-1;TRACE_LEVEL_FILE=0";
  }

  private static DataSource server(String url, String user, String passwordFile)
      throws IOException {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "The database's URL must begin with jdbc:postgresql: or be empty for a file in the state"
              + " folder");
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setConnectTimeout(CONNECT_TIMEOUT_MILLIS / 1000);
    source.setSocketTimeout(30);
    source.setTcpKeepAlive(true);
    source.setApplicationName("bootstrap-vz");
    if (!user.isEmpty()) {
      source.setUser(user);
    }
    if (!passwordFile.isEmpty()) {
      source.setPassword(
          Files.readString(Path.of(passwordFile)).lines().findFirst().orElse("").strip());
    }
    return source;
  }

  /**
   * Does something in one transaction, which is rolled back if it throws.
   *
   * @throws BuildsException {@code UNAVAILABLE} if the database cannot be reached
   */
  public <T> T transaction(Work<T> work) {
    if (closed || !trouble.isEmpty() && System.nanoTime() - failedAt < PAUSE_NANOS) {
      throw unavailable(null);
    }
    // Many at once wait here as long as it takes; waiting for a connection means trouble.
    turns.acquireUninterruptibly();
    try (Connection connection = pool.getConnection()) {
      migrate(connection);
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
   * Does something in one transaction, which is rolled back if it throws.
   *
   * @throws BuildsException {@code UNAVAILABLE} if the database cannot be reached
   */
  public void change(Action action) {
    transaction(
        connection -> {
          action.run(connection);
          return null;
        });
  }

  private static void rollBack(Connection connection, Throwable reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  private BuildsException failure(SQLException e) {
    if (isWrongStatement(e)) {
      throw new IllegalStateException(
          "A statement for the database is wrong: " + e.getMessage(), e);
    }
    if (closed) {
      return unavailable(e);
    }
    fails("The database cannot be used: " + firstLine(e), e);
    // H2 calls connections valid whose database has closed itself, because of a full disk say.
    pool.getHikariPoolMXBean().softEvictConnections();
    return unavailable(e);
  }

  /** The log tells once that it went, and once that it is back. */
  private synchronized void fails(String reason, SQLException e) {
    boolean told = !trouble.isEmpty();
    trouble = reason;
    failedAt = System.nanoTime();
    if (!told) {
      LOG.warn("{}. It is tried again until it can", reason);
      LOG.debug("The database cannot be used", e);
    }
  }

  private void works() {
    if (!trouble.isEmpty()) {
      synchronized (this) {
        if (!trouble.isEmpty()) {
          trouble = "";
          LOG.info("The database can be used again");
        }
      }
    }
  }

  /**
   * Whether somebody else's exception comes from a database that cannot be used, which this class
   * tells of; otherwise from a statement that is wrong.
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

  private BuildsException unavailable(SQLException cause) {
    return closed
        ? new BuildsException(Reason.UNAVAILABLE, "The appliance is stopping", cause)
        : new BuildsException(Reason.UNAVAILABLE, trouble + ". Try again later", cause);
  }

  private static String firstLine(SQLException e) {
    Throwable told = e.getCause() instanceof SQLException cause ? cause : e;
    return String.valueOf(told.getMessage())
        .lines()
        .findFirst()
        .orElse("no reason given")
        .replaceFirst("\\.$", "");
  }

  /** Why the database cannot be used, as the last attempt found it; empty if it can. */
  public String trouble() {
    return trouble;
  }

  /** Makes sure that what was committed survives a power cut. PostgreSQL does so by itself. */
  void sync() {
    if (!embedded) {
      return;
    }
    long mine = syncsAsked.incrementAndGet();
    synchronized (syncing) {
      // One sync serves all that were asked for before it began.
      if (syncsDone < mine) {
        long served = syncsAsked.get();
        try (Connection connection = pool.getConnection();
            Statement statement = connection.createStatement()) {
          statement.execute("checkpoint sync");
        } catch (SQLException e) {
          throw failure(e);
        }
        syncsDone = served;
      }
    }
  }

  /** For db-scheduler, which takes its connections itself; the tables are there. */
  public DataSource dataSource() {
    return pool;
  }

  /** Closes the database. Who still asks it, because a request came late, is told so. */
  @Deactivate
  public void close() {
    closed = true;
    if (embedded) {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("shutdown");
      } catch (SQLException e) {
        // What was committed is written; the next start reads it without this.
        trouble = firstLine(e);
      }
    }
    pool.close();
  }

  // --- tables ---

  private void migrate(Connection connection) throws SQLException {
    if (migrated) {
      return;
    }
    synchronized (this) {
      if (!migrated) {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
          if (!embedded) {
            statement.execute("select pg_advisory_xact_lock(" + MIGRATION_LOCK + ")");
          }
          statement.execute(
              "create table if not exists schema_version (version integer not null primary key)");
          int version = version(statement);
          for (String script = script(version + 1); script != null; script = script(version + 1)) {
            version++;
            for (String sql : script.split(";\\s*\n")) {
              if (!sql.isBlank()) {
                statement.execute(sql);
              }
            }
            insertVersion(connection, version);
          }
          connection.commit();
          migrated = true;
        } catch (SQLException e) {
          rollBack(connection, e);
          throw e;
        } finally {
          connection.setAutoCommit(true);
        }
      }
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet result =
        statement.executeQuery("select coalesce(max(version), 0) from schema_version")) {
      result.next();
      return result.getInt(1);
    }
  }

  private static void insertVersion(Connection connection, int version) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into schema_version (version) values (?)")) {
      insert.setInt(1, version);
      insert.executeUpdate();
    }
  }

  private static String script(int version) {
    String name = String.format("%03d.sql", version);
    try (InputStream script = Database.class.getResourceAsStream(name)) {
      return script == null ? null : new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("The resource " + name + " cannot be read", e);
    }
  }
}
