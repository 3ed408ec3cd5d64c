/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.history;

import java.time.Instant;

/**
 * What somebody did to a build.
 *
 * @param time when
 * @param type {@code submitted}, {@code prioritised}, {@code cancelled} or {@code retried}
 * @param by the name of who did it
 * @param detail the new priority, or the number of the other build of a retry; empty otherwise
 */
public record BuildAction(Instant time, String type, String by, String detail) {}
