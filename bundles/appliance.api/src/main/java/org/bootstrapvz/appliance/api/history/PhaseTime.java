/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.history;

import java.time.Duration;

/**
 * Time spent in a phase.
 *
 * @param builds number of builds that went through it
 * @param total how long they took together
 */
public record PhaseTime(long builds, Duration total) {}
