/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.history;

import java.time.Duration;
import java.util.Optional;
import org.bootstrapvz.api.task.Phase;

/**
 * A task of a build.
 *
 * @param id its class name
 * @param name its name for people
 * @param phase the phase it runs in
 * @param description what it does
 * @param state its state
 * @param duration how long it took; empty if it has not finished
 */
public record TaskRun(
    String id,
    String name,
    Phase phase,
    String description,
    TaskState state,
    Optional<Duration> duration) {}
