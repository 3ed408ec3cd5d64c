/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.appliance.api.builds.BuildState;

/** Stores what running builds record. Safe for use by several threads. */
public final class RecordStore {
  /** Length of the rows that a log is stored in, in characters. */
  private static final int CHUNK_LENGTH = 64 << 10;

  private final Database database;

  /** In a database. */
  public RecordStore(Database database) {
    this.database = database;
  }

  /**
   * Stores the changes of a running build. The fencing number alone decides: a batch whose reply
   * was lost is stored again, also if it ended the build.
   *
   * @return whether the run has not lost its build; otherwise nothing is stored
   */
  public boolean write(Batch batch, String instance) {
    return database.transaction(
        connection -> {
          BuildState state = batch.end().map(Batch.End::state).orElse(BuildState.RUNNING);
          int changed =
              Statements.update(
                  connection,
                  "update build set state = ?, finished = ?, error = ?, progress = ?, task = ?,"
                      + " last_event = greatest(last_event, ?), log_length = ? where"
                      + " id = ? and instance = ? and fence = ?",
                  state.name(),
                  batch.end().isPresent() ? database.now().toEpochMilli() : null,
                  batch.end().map(Batch.End::error).orElse(""),
                  batch.progress(),
                  batch.task(),
                  batch.events().isEmpty()
                      ? 0L
                      : batch.events().get(batch.events().size() - 1).sequence(),
                  batch.logEnd(),
                  batch.id(),
                  instance,
                  batch.fence());
          if (changed == 0) {
            return false;
          }
          writeEvents(connection, batch);
          writeLog(connection, batch);
          writeArtefacts(connection, batch);
          writeDocument(connection, batch);
          return true;
        });
  }

  private static void writeEvents(Connection connection, Batch batch) throws SQLException {
    if (batch.events().isEmpty()) {
      return;
    }
    // This batch may be stored already, if the reply of the database was lost.
    Statements.update(
        connection,
        "delete from build_event where build_id = ? and sequence >= ?",
        batch.id(),
        batch.events().get(0).sequence());
    Statements.batch(
        connection,
        "insert into build_event (build_id, sequence, time, type, data) values (?, ?, ?, ?, ?)",
        batch.events().stream()
            .map(
                event ->
                    new Object[] {
                      batch.id(),
                      event.sequence(),
                      event.time().toEpochMilli(),
                      event.type(),
                      event.data()
                    })
            .toList());
  }

  private static void writeLog(Connection connection, Batch batch) throws SQLException {
    if (batch.log().isEmpty()) {
      return;
    }
    Statements.update(
        connection,
        "delete from log_chunk where build_id = ? and start_at >= ?",
        batch.id(),
        batch.logOffset());
    String log = batch.log();
    List<Object[]> chunks = new ArrayList<>();
    for (int start = 0; start < log.length(); ) {
      int end = LogPart.end(log, start, CHUNK_LENGTH);
      chunks.add(new Object[] {batch.id(), batch.logOffset() + start, log.substring(start, end)});
      start = end;
    }
    Statements.batch(
        connection, "insert into log_chunk (build_id, start_at, text) values (?, ?, ?)", chunks);
  }

  private static void writeArtefacts(Connection connection, Batch batch) throws SQLException {
    if (batch.artefacts().isEmpty()) {
      return;
    }
    for (Artefact artefact : batch.artefacts()) {
      Statements.update(
          connection,
          "delete from artefact where build_id = ? and name = ?",
          batch.id(),
          artefact.name());
      if (artefact instanceof Artefact.Local local) {
        Statements.update(
            connection,
            "insert into artefact (build_id, name, path, size, size_on_disk, sha256) values"
                + " (?, ?, ?, ?, ?, ?)",
            batch.id(),
            local.name(),
            local.path().toString(),
            local.size(),
            local.sizeOnDisk(),
            local.sha256());
      } else if (artefact instanceof Artefact.Remote remote) {
        Statements.update(
            connection,
            "insert into artefact (build_id, name, path, size, size_on_disk, sha256, kind, account,"
                + " region, link) values (?, ?, '', 0, 0, '', ?, ?, ?, ?)",
            batch.id(),
            remote.id(),
            remote.kind(),
            remote.account(),
            remote.region(),
            remote.link());
      }
    }
    Statements.update(
        connection,
        "update build set artefact_bytes = (select sum(size_on_disk) from artefact where build_id ="
            + " ?) where id = ?",
        batch.id(),
        batch.id());
  }

  private static void writeDocument(Connection connection, Batch batch) throws SQLException {
    Statements.update(
        connection,
        "update build_document set tasks = ? where build_id = ?",
        Json.write(batch.tasks()),
        batch.id());
    if (batch.plan().isPresent()) {
      Statements.update(
          connection,
          "update build_document set plan = ? where build_id = ?",
          batch.plan().get(),
          batch.id());
    }
    if (batch.end().isPresent()) {
      Batch.End end = batch.end().get();
      Statements.update(
          connection,
          "update build_document set problems = ?, phases = ?, not_released = ? where build_id = ?",
          end.problems(),
          end.phases(),
          end.notReleased(),
          batch.id());
      Statements.update(connection, "delete from build_need where build_id = ?", batch.id());
    }
  }
}
