/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

/**
 * The stores of a database, one for each job.
 *
 * @param queue the queue
 * @param records what running builds record
 * @param appliances the appliances that share the database
 * @param history the history of builds
 * @param events the events and logs of builds
 */
public record Stores(
    QueueStore queue,
    RecordStore records,
    ApplianceStore appliances,
    HistoryStore history,
    EventStore events) {
  /** The stores in a database. */
  public static Stores in(Database database) {
    return new Stores(
        new QueueStore(database),
        new RecordStore(database),
        new ApplianceStore(database),
        new HistoryStore(database),
        new EventStore(database));
  }
}
