/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.events;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The events and the log of builds. A service; safe for use by several threads.
 *
 * <p>{@link #events} and {@link #log} throw a {@link
 * org.bootstrapvz.appliance.api.builds.BuildsException} with the reason {@code UNAVAILABLE} while
 * the database cannot be reached.
 */
@ProviderType
public interface BuildEvents {
  /**
   * Events of a build in their order; none if there is no such build.
   *
   * @param after the number of the last event already known; 0 for none
   * @param limit maximum number of events
   */
  List<RecordedEvent> events(long id, long after, int limit);

  /**
   * A part of a build's log; empty if there is no such build or no more text yet.
   *
   * @param offset where it starts, in characters as {@link String#length} counts them
   * @param limit maximum number of characters; a surrogate pair is never split
   */
  LogText log(long id, long offset, int limit);

  /**
   * Notifies a subscriber when something about a build is new: events, log, or another state. The
   * subscriber reads at its own pace, so one that stops reading neither slows the build nor uses
   * memory. Changes in quick succession cause one notification.
   *
   * @param onChange called once at once, so that nothing is missed between reading and subscribing,
   *     then after each change, by a thread of the appliance; must not block
   */
  Subscription subscribe(long id, Runnable onChange);
}
