/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.history;

import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All builds that the appliance knows: queued, running and ended. A service; safe for use by
 * several threads.
 *
 * <p>Every method except {@link #phaseTimes} throws a {@link BuildsException} with the reason
 * {@link BuildsException.Reason#UNAVAILABLE} while the database cannot be reached.
 */
@ProviderType
public interface BuildHistory {
  /** The maximum number of builds in a page. */
  int MAX_PAGE = 10_000;

  /**
   * Lists builds, newest first.
   *
   * @throws BuildsException {@code INVALID} if the limit is out of range
   */
  BuildPage list(BuildQuery query);

  /** Everything stored about a build except manifest, events and log. */
  Optional<BuildDetails> find(long id);

  /** The manifest as submitted; it may contain secrets. */
  Optional<String> manifest(long id);

  /** The number of builds in each state; every state has an entry. */
  Map<BuildState, Long> counts();

  /** The time that builds of this appliance spent in each phase since the appliance started. */
  Map<Phase, PhaseTime> phaseTimes();
}
