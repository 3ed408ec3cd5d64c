/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.bootstrapvz.appliance.api.audit.AuditAction;
import org.bootstrapvz.appliance.api.audit.AuditActor;
import org.bootstrapvz.appliance.api.audit.AuditEntry;
import org.bootstrapvz.appliance.api.audit.AuditLog;

/** Keeps what is recorded in memory. */
public final class RecordedAudit implements AuditLog {
  private final List<AuditEntry> entries = new ArrayList<>();

  /** Nothing was recorded yet. */
  public RecordedAudit() {}

  @Override
  public synchronized void record(
      AuditAction action, AuditActor by, String object, Result result, String detail) {
    entries.add(
        0,
        new AuditEntry(
            entries.size() + 1L,
            Instant.now(),
            action.toString(),
            by.name(),
            by.role(),
            by.from(),
            object,
            result.name().toLowerCase(Locale.ROOT),
            detail));
  }

  @Override
  public synchronized List<AuditEntry> entries(OptionalLong before, int limit) {
    return entries.stream()
        .filter(entry -> entry.number() < before.orElse(Long.MAX_VALUE))
        .limit(limit)
        .toList();
  }

  /** What was recorded, oldest first: action, name, role, origin, object, result, detail. */
  public synchronized List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (AuditEntry each : entries) {
      lines.add(
          0,
          String.join(
              "|",
              each.action(),
              each.by(),
              each.role(),
              each.from(),
              each.object(),
              each.result(),
              each.detail()));
    }
    return lines;
  }
}
