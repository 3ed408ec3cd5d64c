/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.builds;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The state of the queue on one appliance.
 *
 * @param appliance name of the appliance
 * @param concurrency maximum number of builds that run at once
 * @param running number of builds that are running
 * @param trouble why the queue does not work, as a sentence for people; empty if it works
 * @param directory where builds work and artefacts are kept
 * @param freeBytes free space there
 */
public record QueueStatus(
    String appliance,
    int concurrency,
    int running,
    Optional<String> trouble,
    Path directory,
    long freeBytes) {}
