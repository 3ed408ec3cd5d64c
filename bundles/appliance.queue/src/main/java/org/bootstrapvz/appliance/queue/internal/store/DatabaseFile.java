/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.bootstrapvz.api.file.DurableFile;

/**
 * The file of the embedded database. H2 makes an empty database of a file that is missing or empty,
 * and an older one of a file that is damaged, so the file is checked before it is opened for
 * writing. A mark next to it has the number of the last build. Safe for use by several threads.
 */
final class DatabaseFile {
  private static final String RESTORE =
      " Restore a backup, or move all files builds.* away to start with an empty history; see"
          + " \"Backup and restore\" in docs/appliance.md";

  /** Those that are small and that the queue cannot do without. */
  private static final List<String> TABLES =
      List.of("build", "build_need", "scheduled_tasks", "artefact", "appliance");

  private final Path base;
  private final Path file;
  private final Path mark;

  /** Guarded by this. */
  private long marked;

  /**
   * @param base the path of the file without its ending
   */
  DatabaseFile(Path base) {
    this.base = base;
    file = base.resolveSibling(base.getFileName() + ".mv.db");
    mark = base.resolveSibling(base.getFileName() + ".mark");
  }

  /** Why the file must not be used, if it must not. Changes nothing of it. */
  synchronized Optional<String> check() {
    try {
      marked = Files.exists(mark) ? Long.parseLong(Files.readString(mark).strip()) : 0;
    } catch (IOException | NumberFormatException e) {
      return Optional.of(
          "The file "
              + mark
              + " does not contain the number of the last build. Delete it if the database next to"
              + " it is the right one");
    }
    if (Files.notExists(file)) {
      return Files.exists(mark)
          ? Optional.of(
              "The database " + file + " is missing, but this appliance had one." + RESTORE)
          : Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      return Optional.of("The database " + file + " is not a file." + RESTORE);
    }
    try {
      if (Files.size(file) == 0) {
        return Optional.of("The database " + file + " is damaged: it is empty." + RESTORE);
      }
      return read();
    } catch (IOException e) {
      return Optional.of("The database " + file + " is not readable: " + e.getMessage());
    } catch (SQLException e) {
      return Optional.of(damaged(Database.firstLine(e)));
    }
  }

  /** As a sentence. */
  String damaged(String reason) {
    return "The database " + file + " is damaged: " + reason + "." + RESTORE;
  }

  private Optional<String> read() throws SQLException {
    try (Connection connection = DataSources.readOnly(base).getConnection();
        Statement statement = connection.createStatement()) {
      try {
        return read(statement);
      } finally {
        // The file says itself that it stays open after its last connection.
        statement.execute("shutdown immediately");
      }
    }
  }

  private Optional<String> read(Statement statement) throws SQLException {
    TreeSet<String> tables = new TreeSet<>();
    long next = 1;
    try (ResultSet rows =
        statement.executeQuery(
            "select table_name, column_name, identity_base from information_schema.columns where"
                + " table_schema = 'public'")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
        if ("build".equals(rows.getString(1)) && "id".equals(rows.getString(2))) {
          next = rows.getLong(3);
        }
      }
    }
    if (tables.contains("schema_version")) {
      Optional<String> newer = SchemaMigration.newer(statement);
      if (newer.isPresent()) {
        return newer;
      }
    }
    if (next <= marked) {
      return Optional.of(
          "The database "
              + file
              + " is damaged or not the latest: it lacks builds up to number "
              + marked
              + ". If it is a backup that you have restored, delete "
              + mark
              + "."
              + RESTORE);
    }
    tables.retainAll(TABLES);
    for (String table : tables) {
      readAll(statement, "select * from " + table);
    }
    if (tables.contains("build")) {
      // The manifests of builds that are to run.
      readAll(
          statement,
          "select * from build_document where build_id in (select id from build where state in"
              + " ('QUEUED', 'RUNNING'))");
    }
    return Optional.empty();
  }

  private static void readAll(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int column = 1; column <= columns; column++) {
          rows.getString(column);
        }
      }
    }
  }

  /**
   * A build is in the database, on disk.
   *
   * @param id number of the build
   */
  synchronized void stored(long id) throws IOException {
    if (id <= marked && Files.exists(mark)) {
      return;
    }
    DurableFile.replace(mark, Math.max(id, marked) + "\n");
    marked = Math.max(id, marked);
  }
}
