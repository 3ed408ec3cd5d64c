/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL for the tests of a class, with a new database for each. */
abstract class TestOnPostgres {
  static PostgresCluster database;

  @TempDir Path folder;
  Gate gate;

  @BeforeAll
  static void startServer() throws Exception {
    database = new PostgresCluster();
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (database != null) {
      database.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    database.useNewDatabase();
    gate = new Gate();
  }

  @AfterEach
  void stop() throws Exception {
    gate.close();
  }
}
