/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.time.Instant;
import java.util.List;
import org.bootstrapvz.appliance.api.events.LogText;
import org.bootstrapvz.appliance.api.events.RecordedEvent;

/** The events and logs of builds in the database. Safe for use by several threads. */
public final class EventStore {
  private final Database database;

  /** In a database. */
  public EventStore(Database database) {
    this.database = database;
  }

  /** Events of a build. */
  public List<RecordedEvent> events(long id, long after, int limit) {
    return database.transaction(
        connection ->
            Statements.all(
                connection,
                "select sequence, time, type, data from build_event where build_id = ? and sequence"
                    + " > ? order by sequence limit ?",
                row ->
                    new RecordedEvent(
                        row.getLong(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getString(3),
                        row.getString(4)),
                id,
                after,
                limit));
  }

  /** A part of a build's log. */
  public LogText log(long id, long offset, int limit) {
    record Chunk(long start, String text) {}
    return database.transaction(
        connection -> {
          long from =
              Statements.first(
                      connection,
                      "select max(start_at) from log_chunk where build_id = ? and start_at <= ?",
                      row -> row.getLong(1),
                      id,
                      offset)
                  .orElse(0L);
          List<Chunk> chunks =
              Statements.all(
                  connection,
                  "select start_at, text from log_chunk where build_id = ? and start_at >= ? and"
                      + " start_at < ? order by start_at limit ?",
                  row -> new Chunk(row.getLong(1), row.getString(2)),
                  id,
                  from,
                  offset + limit,
                  2 + limit / 1024);
          StringBuilder text = new StringBuilder();
          for (Chunk chunk : chunks) {
            int skip = (int) Math.max(0, offset - chunk.start());
            if (skip < chunk.text().length()) {
              text.append(chunk.text(), skip, chunk.text().length());
            }
          }
          int end = LogPart.end(text, 0, limit);
          return new LogText(text.substring(0, end), offset, offset + end);
        });
  }
}
