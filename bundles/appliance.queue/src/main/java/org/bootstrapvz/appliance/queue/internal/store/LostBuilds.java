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

  /** Their numbers. A build that a worker has picked has an execution until it has ended. */
  public List<Long> find() {
    return database.transaction(
        connection ->
            Statements.all(
                connection,
                "select id from build where state = 'RUNNING' and not exists (select 1 from"
                    + " scheduled_tasks where task_name = ? and task_instance = cast(build.id as"
                    + " varchar(20)))",
                row -> row.getLong(1),
                QueueStore.TASK));
  }
}
