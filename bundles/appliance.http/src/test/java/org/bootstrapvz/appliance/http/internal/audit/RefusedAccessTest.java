/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.bootstrapvz.appliance.api.RecordedAudit;
import org.bootstrapvz.appliance.api.audit.AuditActor;
import org.junit.jupiter.api.Test;

class RefusedAccessTest {
  private final RecordedAudit audit = new RecordedAudit();
  private long now = 5;
  private final RefusedAccess refusals = new RefusedAccess(audit, () -> now);

  private void refuse(String address, int times) {
    for (int i = 0; i < times; i++) {
      refusals.refused(AuditActor.unknown(address), "GET /x", "no");
    }
  }

  @Test
  void anAddressGetsOneEntryAMinuteAndTheOthersAreCounted() {
    refuse("192.0.2.1", 1000);
    refuse("192.0.2.2", 1);
    now += RefusedAccess.INTERVAL.toNanos();
    refuse("192.0.2.1", 2);

    assertEquals(
        List.of(
            "access-refused|||192.0.2.1|GET /x|refused|no",
            "access-refused|||192.0.2.2|GET /x|refused|no",
            "access-refused|||192.0.2.1|GET /x|refused|999 more refused requests",
            "access-refused|||192.0.2.1|GET /x|refused|no"),
        audit.lines());
  }

  @Test
  void manyAddressesShareOneEntry() {
    for (int i = 0; i < 10_000; i++) {
      refuse("2001:db8::" + i, 3);
    }

    assertEquals(RefusedAccess.MAX_CALLERS + 1, audit.lines().size());
    now += RefusedAccess.INTERVAL.toNanos();
    refuse("192.0.2.1", 1);
    List<String> lines = audit.lines();
    assertEquals(
        "access-refused|||other addresses|GET /x|refused|29699 more refused requests",
        lines.get(lines.size() - 2));
  }
}
