/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The database drivers: H2 in a file, or PostgreSQL. */
final class DataSources {
  private static final int CONNECT_TIMEOUT_MILLIS = 2000;
  private static final int SOCKET_TIMEOUT_SECONDS = 30;

  private DataSources() {}

  static DataSource file(Path file) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(url(file));
    source.setUser("sa");
    source.setPassword("");
    return source;
  }

  /** Opens the file without changing it. */
  static DataSource readOnly(Path file) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(
        "jdbc:h2:async:"
            + file
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;ACCESS_MODE_DATA=r;IFEXISTS=TRUE"
            + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0");
    source.setUser("sa");
    source.setPassword("");
    return source;
  }

  static String url(Path file) {
    // With this access the file stays open if a thread is interrupted while it reads or writes.
    return "jdbc:h2:async:"
        + file
        // A commit is written at once; Database.sync makes it survive a power cut.
        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"
        // No trace file next to it: nobody would rotate it, and it would contain values.
        + ";DB_CLOSE_DELAY=-1;TRACE_LEVEL_FILE=0";
  }

  static DataSource server(String url, String user, String passwordFile) throws IOException {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "The URL of the database must start with jdbc:postgresql:, or be empty for a file in the"
              + " state directory");
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setConnectTimeout(CONNECT_TIMEOUT_MILLIS / 1000);
    if (source.getSocketTimeout() == 0) { // it may be an option in the URL
      source.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
    }
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
}
