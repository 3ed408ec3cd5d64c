/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.queue.internal.store.HistoryStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the states of builds to the listeners, each once. Safe for use by several threads. */
final class StateChanges {
  private static final Logger LOG = LoggerFactory.getLogger(StateChanges.class);

  /** More builds than can change their state at the same time. */
  private static final int MAX_REMEMBERED = 10_000;

  /** A state of a build in an attempt. */
  private record Reported(BuildState state, int attempt) {}

  private final HistoryStore history;
  private final Consumer<BuildSummary> listeners;

  /** What was last reported of each build. Guarded by this. */
  private final Map<Long, Reported> reported =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Reported> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  StateChanges(HistoryStore history, Consumer<BuildSummary> listeners) {
    this.history = history;
    this.listeners = listeners;
  }

  /** The build may have changed its state. The lock keeps the reports of a build in order. */
  synchronized void check(long id) {
    try {
      history
          .summary(id)
          .filter(
              build -> {
                Reported now = new Reported(build.state(), build.attempt());
                return !now.equals(reported.put(id, now));
              })
          .ifPresent(listeners);
    } catch (BuildsException e) {
      LOG.debug("A state of build {} is not reported", id, e);
    }
  }
}
