/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database, as it is on disk at the moment its process is killed. */
class KilledDatabaseTest {
  private static final int COMMITS = 80;

  /** Space of the file is used again at once, which otherwise begins after 45 seconds. */
  private static final String AGEING = ";RETENTION_TIME=0";

  private static final int ENOUGH_TO_LOSE_SOME = 20;

  @TempDir Path folder;
  private final Random random = new Random(1);

  @Test
  void committedDataSurvivesAnIncompleteWrite() throws Exception {
    Path file = folder.resolve("builds.mv.db");
    try (Connection connection = open("builds");
        Statement statement = connection.createStatement()) {
      statement.execute("create table t (id bigint primary key, text varchar)");
      statement.execute("create table log (text varchar)");
      for (int commit = 1; commit <= COMMITS; commit++) {
        String text = text(random.nextInt(8) == 0 ? 60_000 : 300);
        statement.execute("insert into t values (" + commit + ", '" + text + "')");
        if (random.nextInt(3) == 0) {
          statement.execute("update t set text = '" + text(2000) + "' where id = " + commit / 2);
        }
        byte[] before = Files.readAllBytes(file);
        statement.execute("insert into log values ('" + text(30_000) + "')");
        byte[] after = Files.readAllBytes(file);

        if (commit > ENOUGH_TO_LOSE_SOME) {
          assertEquals(commit, last(before), "killed after commit " + commit);
          if (after.length > before.length + 1) {
            int cut = before.length + 1 + random.nextInt(after.length - before.length - 1);
            byte[] torn = Arrays.copyOf(before, cut);
            System.arraycopy(after, before.length, torn, before.length, cut - before.length);
            assertEquals(commit, last(torn), "killed in the middle of a write");
          }
        }
      }
      shutDown(statement);
    }
  }

  private String text(int most) {
    return "x".repeat(random.nextInt(most));
  }

  private Connection open(String name) throws SQLException {
    return DriverManager.getConnection(DataSources.url(folder.resolve(name)) + AGEING, "sa", "");
  }

  /** The last of the commits that a process finds which opens this file. */
  private int last(byte[] content) throws Exception {
    Files.write(folder.resolve("found.mv.db"), content);
    try (Connection connection = open("found");
        Statement statement = connection.createStatement()) {
      int last;
      try (ResultSet result = statement.executeQuery("select max(id) from t")) {
        result.next();
        last = result.getInt(1);
      }
      shutDown(statement);
      return last;
    }
  }

  private static void shutDown(Statement statement) throws SQLException {
    statement.execute("shutdown immediately");
  }
}
