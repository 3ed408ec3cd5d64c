/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The appliances that share the database. Safe for use by several threads. */
public final class ApplianceStore {
  /** After this time without a heartbeat an appliance does not count as one that runs builds. */
  public static final Duration ALIVE_TIMEOUT = Duration.ofMinutes(2);

  private final Database database;

  /** In a database. */
  public ApplianceStore(Database database) {
    this.database = database;
  }

  /** Stores a heartbeat of an appliance, and what it offers; reads the time of the database. */
  public void seen(String instance, String name, Collection<String> offers) {
    database.change(
        connection -> {
          database.readTime(connection);
          long now = database.now().toEpochMilli();
          String text = String.join(" ", offers);
          int changed =
              Statements.update(
                  connection,
                  "update appliance set name = ?, seen = ?, offers = ? where instance = ?",
                  name,
                  now,
                  text,
                  instance);
          if (changed == 0) {
            Statements.update(
                connection,
                "insert into appliance (name, seen, offers, instance) values (?, ?, ?, ?)",
                name,
                now,
                text,
                instance);
          }
        });
  }

  /** An appliance has stopped: it offers nothing. It is still known, as it may start again. */
  public void stopped(String instance) {
    database.change(
        connection ->
            Statements.update(
                connection, "update appliance set offers = '' where instance = ?", instance));
  }

  /**
   * An appliance, which may have stopped.
   *
   * @param seen its last heartbeat
   */
  public record Known(String instance, Instant seen) {}

  /** All appliances that share or have shared the database. */
  public List<Known> known() {
    return database.transaction(
        connection -> {
          // Earlier versions removed an appliance that stopped.
          Statements.update(
              connection,
              "insert into appliance (instance, name, seen, offers) select instance,"
                  + " max(appliance), ?, '' from build where instance <> '' and instance not in"
                  + " (select instance from appliance) group by instance on conflict do nothing",
              database.now().toEpochMilli());
          return Statements.all(
              connection,
              "select instance, seen from appliance order by instance",
              row -> new Known(row.getString(1), Instant.ofEpochMilli(row.getLong(2))));
        });
  }

  /** What each appliance offers whose last heartbeat is recent. */
  public List<Set<String>> offers(Duration lately) {
    return database.transaction(
        connection ->
            Statements.all(
                connection,
                "select offers from appliance where seen >= ? and offers <> ''",
                row -> (Set<String>) new TreeSet<>(List.of(row.getString(1).split(" "))),
                database.now().toEpochMilli() - lately.toMillis()));
  }
}
