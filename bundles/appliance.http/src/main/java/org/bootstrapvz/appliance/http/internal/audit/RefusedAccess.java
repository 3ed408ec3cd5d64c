/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.bootstrapvz.appliance.api.audit.AuditAction;
import org.bootstrapvz.appliance.api.audit.AuditActor;
import org.bootstrapvz.appliance.api.audit.AuditLog;
import org.bootstrapvz.appliance.api.audit.AuditLog.Result;

/**
 * Records refused access, at most once a minute for each address and name: whoever has no token
 * must not be able to fill the log. The others are counted, and recorded as one entry later. Safe
 * for use by several threads.
 */
public final class RefusedAccess {
  /** Time in which an address and name get one entry. */
  public static final Duration INTERVAL = Duration.ofMinutes(1);

  /** Maximum number of addresses and names that get entries of their own in this time. */
  public static final int MAX_CALLERS = 100;

  private static final AuditActor OTHERS = new AuditActor("", "", "other addresses");

  /** The refusals of a caller since the last entry. */
  private static final class Window {
    private final AuditActor by;
    private final String object;
    private final long start;
    private long more;

    Window(AuditActor by, String object, long start) {
      this.by = by;
      this.object = object;
      this.start = start;
    }
  }

  private record Entry(AuditActor by, String object, String reason) {}

  private final AuditLog log;
  private final LongSupplier nanoTime;

  /** By address and name, oldest first. Guarded by this. */
  private final Map<String, Window> windows = new LinkedHashMap<>();

  /** Records in this log. */
  public RefusedAccess(AuditLog log) {
    this(log, System::nanoTime);
  }

  /** Records in this log, with another clock. */
  public RefusedAccess(AuditLog log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  /**
   * Records that a request was refused.
   *
   * @param object method and path of the request
   */
  public void refused(AuditActor by, String object, String reason) {
    List<Entry> entries = new ArrayList<>();
    synchronized (this) {
      long now = nanoTime.getAsLong();
      expire(now, entries);
      String key = by.from() + " " + by.name();
      boolean known = windows.containsKey(key) || windows.size() < MAX_CALLERS;
      Window window = windows.get(known ? key : "");
      if (window == null) {
        AuditActor counted = known ? by : OTHERS;
        windows.put(known ? key : "", new Window(counted, object, now));
        entries.add(new Entry(by, object, reason));
      } else {
        window.more++;
      }
    }
    entries.forEach(
        entry ->
            log.record(
                AuditAction.ACCESS_REFUSED,
                entry.by(),
                entry.object(),
                Result.REFUSED,
                entry.reason()));
  }

  private void expire(long now, List<Entry> entries) {
    Iterator<Window> oldest = windows.values().iterator();
    while (oldest.hasNext()) {
      Window window = oldest.next();
      if (now - window.start < INTERVAL.toNanos()) {
        break;
      }
      oldest.remove();
      if (window.more > 0) {
        entries.add(new Entry(window.by, window.object, window.more + " more refused requests"));
      }
    }
  }
}
