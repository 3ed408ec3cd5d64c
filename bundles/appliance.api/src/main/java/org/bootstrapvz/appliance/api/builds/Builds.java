/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.builds;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The queue of builds. A service; safe for use by several threads. Several appliances may share a
 * queue, so a build may run on another appliance.
 *
 * <p>Every method except {@link #status} throws a {@link BuildsException} with the reason {@link
 * BuildsException.Reason#UNAVAILABLE} while the database cannot be reached.
 */
@ProviderType
public interface Builds {
  /** The lowest priority. */
  int MIN_PRIORITY = -100;

  /** The highest priority. */
  int MAX_PRIORITY = 100;

  /**
   * Adds a manifest to the queue. When this returns, the build is on disk: it survives a crash of
   * the process and of the machine. A manifest with errors is stored as rejected.
   *
   * @throws BuildsException {@code INVALID} if the name or the priority is not valid
   */
  BuildSummary submit(Submission submission);

  /**
   * Cancels a build. A queued build is cancelled when this returns; a running build releases its
   * resources first.
   *
   * @param by who cancels it
   * @throws BuildsException {@code UNKNOWN} if there is no such build, {@code CONFLICT} if it has
   *     ended
   */
  void cancel(long id, String by);

  /**
   * Submits the manifest of an ended build again, as a new build that refers to the old one.
   *
   * @param submitter who submits it
   * @throws BuildsException {@code UNKNOWN} if there is no such build, {@code CONFLICT} if it has
   *     not ended
   */
  BuildSummary retry(long id, String submitter);

  /**
   * Changes the priority of a queued build.
   *
   * @param by who changes it
   * @throws BuildsException {@code UNKNOWN} if there is no such build, {@code CONFLICT} if it is
   *     not queued, {@code INVALID} if the priority is out of range
   */
  void prioritise(long id, int priority, String by);

  /** The state of the queue on this appliance. Does no input or output, and does not throw. */
  QueueStatus status();
}
