/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.Queries;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes db-scheduler pick only builds whose requirements this appliance fulfils. Evaluated at every
 * poll, so a plugin that is added or removed counts at once. H2 in its PostgreSQL mode accepts the
 * same statements.
 */
final class EligibleBuilds extends PostgreSqlJdbcCustomization {
  private final Supplier<Set<String>> offers;
  private final Supplier<Set<Long>> busy;

  /**
   * @param busy builds of which a run is here that may have lost them and has not ended yet
   */
  EligibleBuilds(Supplier<Set<String>> offers, Supplier<Set<Long>> busy) {
    super(true, false);
    this.offers = offers;
    this.busy = busy;
  }

  @Override
  public String createGenericSelectForUpdateQuery(
      String tableName, int limit, String requiredAndCondition, boolean orderByPriority) {
    // The library sets only the parameters that it knows, so these values are part of the text.
    String here =
        offers.get().stream()
            .map(offer -> "'" + offer.replace("'", "''").replace("?", "") + "'")
            .collect(Collectors.joining(", "));
    String lacking =
        " and not exists (select 1 from build_need n where n.build_id = cast(task_instance as"
            + " bigint)"
            + (here.isEmpty() ? "" : " and n.need not in (" + here + ")")
            + ") ";
    String notHere =
        busy.get().stream()
            .map(id -> " and task_instance <> '" + id + "'")
            .collect(Collectors.joining());
    // H2 requires the lock at the end; PostgreSQL accepts it there.
    return Queries.selectForUpdate(
        tableName,
        Queries.ansiSqlOrderPart(orderByPriority),
        getQueryLimitPart(limit),
        requiredAndCondition + lacking + notHere,
        null,
        null,
        " FOR UPDATE SKIP LOCKED ");
  }
}
