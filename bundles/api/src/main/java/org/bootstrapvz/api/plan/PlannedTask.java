/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.plan;

import java.util.List;
import org.bootstrapvz.api.task.Phase;

/**
 * A task of a plan.
 *
 * @param id its class name
 * @param name the id without the package of its bundle: {@code partitioning.PartitionVolume}
 * @param phase the phase it runs in
 * @param description its purpose, for messages
 * @param bundle symbolic name of its bundle
 * @param version version of that bundle
 * @param requestedBy the extensions that added it to the task set: {@code provider kvm}, {@code
 *     plugin commands}
 */
public record PlannedTask(
    String id,
    String name,
    Phase phase,
    String description,
    String bundle,
    String version,
    List<String> requestedBy) {
  /** Copies the list. */
  public PlannedTask {
    requestedBy = List.copyOf(requestedBy);
  }
}
