/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Creates and changes the tables. They are defined by the resources {@code 001.sql}, {@code
 * 002.sql} … next to this class. Each is applied once, in order; never change one that was
 * released. H2 cannot roll back changes of tables, so each statement must be repeatable: {@code if
 * not exists}. The scripts use the SQL that PostgreSQL and H2 in its PostgreSQL mode share; a
 * statement ends with a semicolon at the end of a line.
 */
final class SchemaMigration {
  /** Any number. Locked while tables are created, so that one of several appliances does it. */
  private static final long MIGRATION_LOCK = 0x62766d6967L;

  /** The SQL state of the exception for tables that a newer version has changed. */
  static final String NEWER = "BV001";

  private final boolean embedded;

  private volatile boolean done;

  SchemaMigration(boolean embedded) {
    this.embedded = embedded;
  }

  void apply(Connection connection) throws SQLException {
    if (done) {
      return;
    }
    synchronized (this) {
      if (!done) {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
          if (!embedded) {
            statement.execute("select pg_advisory_xact_lock(" + MIGRATION_LOCK + ")");
          }
          statement.execute(
              "create table if not exists schema_version (version integer not null primary key)");
          Optional<String> newer = newer(statement);
          if (newer.isPresent()) {
            throw new SQLException(newer.get(), NEWER);
          }
          int version = version(statement);
          for (Optional<String> script = script(++version);
              script.isPresent();
              script = script(++version)) {
            for (String sql : script.get().split(";\\s*\n")) {
              if (!sql.isBlank()) {
                statement.execute(sql);
              }
            }
            insertVersion(connection, version);
          }
          connection.commit();
          done = true;
        } catch (SQLException e) {
          Database.rollBack(connection, e);
          throw e;
        } finally {
          connection.setAutoCommit(true);
        }
      }
    }
  }

  /** Why the tables cannot be used, if a newer version of this program has changed them. */
  static Optional<String> newer(Statement statement) throws SQLException {
    int found = version(statement);
    int known = 0;
    while (script(known + 1).isPresent()) {
      known++;
    }
    return found <= known
        ? Optional.empty()
        : Optional.of(
            "The tables of the database have version "
                + found
                + ", but this version of bootstrap-vz knows only up to version "
                + known
                + ". Install the version that changed them, or restore a backup that was made"
                + " before (\"Backup and restore\" in docs/appliance.md)");
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

  private static Optional<String> script(int version) {
    String name = String.format("%03d.sql", version);
    try (InputStream script = SchemaMigration.class.getResourceAsStream(name)) {
      return script == null
          ? Optional.empty()
          : Optional.of(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("Could not read the resource " + name, e);
    }
  }
}
