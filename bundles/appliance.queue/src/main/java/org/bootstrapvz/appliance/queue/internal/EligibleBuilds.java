/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.Queries;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Has db-scheduler pick only builds of which everything they need is here. Asked at every look for
 * builds, so a plugin that comes or goes counts at once. H2 in its PostgreSQL mode takes the same
 * statements.
 */
final class EligibleBuilds extends PostgreSqlJdbcCustomization {
  private final Supplier<Set<String>> offers;

  EligibleBuilds(Supplier<Set<String>> offers) {
    super(true, false);
    this.offers = offers;
  }

  @Override
  public String createGenericSelectForUpdateQuery(
      String tableName, int limit, String requiredAndCondition, boolean orderByPriority) {
    // The library puts values where it knows of question marks; ours stand in the text itself.
    String here =
        offers.get().stream()
            .map(offer -> "'" + offer.replace("'", "''").replace("?", "") + "'")
            .collect(Collectors.joining(", "));
    String lacking =
        " and not exists (select 1 from build_need n where n.build_id = cast(task_instance as"
            + " bigint)"
            + (here.isEmpty() ? "" : " and n.need not in (" + here + ")")
            + ") ";
    // H2 wants the lock at the end; PostgreSQL takes it there too.
    return Queries.selectForUpdate(
        tableName,
        Queries.ansiSqlOrderPart(orderByPriority),
        getQueryLimitPart(limit),
        requiredAndCondition + lacking,
        null,
        null,
        " FOR UPDATE SKIP LOCKED ");
  }
}
