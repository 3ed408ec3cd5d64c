/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Executes SQL statements and maps their rows. */
final class Statements {
  /** Maps a row. */
  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private Statements() {}

  private static PreparedStatement prepare(
      Connection connection, String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    set(statement, values);
    return statement;
  }

  private static void set(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        statement.setNull(i + 1, Types.NULL);
      } else {
        statement.setObject(i + 1, values[i]);
      }
    }
  }

  static int update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  static <T> List<T> all(
      Connection connection, String sql, Row<T> mapping, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(mapping.of(rows));
      }
      return all;
    }
  }

  static <T> Optional<T> first(
      Connection connection, String sql, Row<T> mapping, @Nullable Object... values)
      throws SQLException {
    return all(connection, sql, mapping, values).stream().findFirst();
  }

  static OptionalLong optionalLong(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    OptionalLong value = optionalLong(row, column);
    return value.isPresent()
        ? Optional.of(Instant.ofEpochMilli(value.getAsLong()))
        : Optional.empty();
  }

  /** Inserts a row and returns the value of its column {@code id}, which the database assigns. */
  static long insert(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql, new String[] {"id"})) {
      set(insert, values);
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        return keys.getLong(1);
      }
    }
  }

  /** Executes a statement once for each array of values, in one batch. */
  static void batch(Connection connection, String sql, List<Object[]> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Object[] row : rows) {
        set(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
