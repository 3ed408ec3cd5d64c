/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.appliance.api.history.BuildAction;

/**
 * What people did to builds, stored with each build. The caller has changed the row of the build in
 * the same transaction, so that no two actions on a build are stored at once.
 */
final class Actions {
  /** Maximum number of actions that are kept of a build. */
  static final int MAX = 100;

  /**
   * An action as JSON.
   *
   * @param time in milliseconds since 1970
   */
  private record Stored(long time, String type, String by, String detail) {}

  private Actions() {}

  /** Stores an action of a build. A running build records the event itself. */
  static void add(Connection connection, long id, BuildAction action) throws SQLException {
    Optional<String> before =
        Statements.first(
            connection,
            "select actions from build_document where build_id = ?",
            row -> row.getString(1),
            id);
    List<BuildAction> actions = new ArrayList<>(read(before.orElse("[]")));
    actions.add(action);
    Statements.update(
        connection,
        "update build_document set actions = ? where build_id = ?",
        write(actions.subList(Math.max(0, actions.size() - MAX), actions.size())),
        id);
  }

  /** Stores an action of a build that is not running, also as an event. */
  static void addWithEvent(Connection connection, long id, BuildAction action) throws SQLException {
    add(connection, id, action);
    Statements.update(connection, "update build set last_event = last_event + 1 where id = ?", id);
    Optional<Long> sequence =
        Statements.first(
            connection, "select last_event from build where id = ?", row -> row.getLong(1), id);
    insertEvent(connection, id, sequence.orElseThrow(), action);
  }

  /** Stores the event of an action. */
  static void insertEvent(Connection connection, long id, long sequence, BuildAction action)
      throws SQLException {
    Statements.update(
        connection,
        "insert into build_event (build_id, sequence, time, type, data) values (?, ?, ?, ?, ?)",
        id,
        sequence,
        action.time().toEpochMilli(),
        action.type(),
        Json.write(data(action)));
  }

  /** The data of the event of an action. */
  private static Map<String, Object> data(BuildAction action) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("by", action.by());
    if (!action.detail().isEmpty()) {
      data.put(
          action.type().equals("prioritised") ? "priority" : "build",
          Long.parseLong(action.detail()));
    }
    return data;
  }

  /** The text of the column {@code actions}. */
  static String write(List<BuildAction> actions) {
    return Json.write(
        actions.stream()
            .map(
                each ->
                    new Stored(each.time().toEpochMilli(), each.type(), each.by(), each.detail()))
            .toList());
  }

  /** The actions in the column {@code actions}. */
  static List<BuildAction> read(String json) {
    List<BuildAction> actions = new ArrayList<>();
    for (Stored each : Json.read(json, Stored[].class)) {
      actions.add(
          new BuildAction(
              Instant.ofEpochMilli(each.time()), each.type(), each.by(), each.detail()));
    }
    return List.copyOf(actions);
  }
}
