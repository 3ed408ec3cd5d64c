/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.appliance.api.history.PhaseTime;

/** The time that builds spent in each phase since the start. Safe for use by several threads. */
final class PhaseTimes {
  /** Guarded by this. */
  private final Map<Phase, PhaseTime> times = new EnumMap<>(Phase.class);

  synchronized void add(Phase phase, Duration duration) {
    times.merge(
        phase,
        new PhaseTime(1, duration),
        (a, b) -> new PhaseTime(a.builds() + b.builds(), a.total().plus(b.total())));
  }

  synchronized Map<Phase, PhaseTime> get() {
    return new EnumMap<>(times);
  }
}
