/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.plan;

/**
 * An order between two tasks of a plan.
 *
 * @param before id of the task that runs first
 * @param after id of the task that runs later
 * @param reason which task declared it, and how: {@code apt.AptUpdate is declared after
 *     apt.WriteSources}
 */
public record Relation(String before, String after, String reason) {}
