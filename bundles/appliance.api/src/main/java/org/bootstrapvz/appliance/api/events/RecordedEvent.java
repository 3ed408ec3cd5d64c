/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.events;

import java.time.Instant;

/**
 * An event of a build.
 *
 * @param sequence counted from 1 within the build, without gaps except for events that could not be
 *     stored
 * @param time when it happened
 * @param type {@code submitted}, {@code prioritised}, {@code cancelled}, {@code retried}, {@code
 *     started}, {@code planned}, {@code installing}, {@code phase-started}, {@code phase-finished},
 *     {@code task-started}, {@code task-progress}, {@code task-finished}, {@code warning}, {@code
 *     failing}, {@code released}, {@code delivered}, {@code finished}
 * @param data a JSON object
 */
public record RecordedEvent(long sequence, Instant time, String type, String data) {}
