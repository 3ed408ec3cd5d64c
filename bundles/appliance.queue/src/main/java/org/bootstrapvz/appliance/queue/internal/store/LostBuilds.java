/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.util.List;

/**
 * Finds builds that are marked as running although no worker knows them: db-scheduler has no
 * execution for them, so that it cannot find them dead either.
 */
public final class LostBuilds {
  private final Database database;

  /** In a database. */
  public LostBuilds(Database database) {
    this.database = database;
  }

  /**
   * A run that no worker knows.
   *
   * @param fence its fencing number
   */
  public record LostRun(long id, long fence) {}

  /** These runs. A build that a worker has picked has an execution until it has ended. */
  public List<LostRun> find() {
    return database.transaction(
        connection ->
            Statements.all(
                connection,
                "select id, fence from build where state = 'RUNNING' and not exists (select 1 from"
                    + " scheduled_tasks where task_name = ? and task_instance = cast(build.id as"
                    + " varchar(20)))",
                row -> new LostRun(row.getLong(1), row.getLong(2)),
                QueueStore.TASK));
  }
}
