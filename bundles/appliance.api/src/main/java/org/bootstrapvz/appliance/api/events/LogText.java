/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.events;

/**
 * A part of a log.
 *
 * @param text the text
 * @param offset where it starts; later than requested if the requested part was dropped
 * @param next where the next part starts
 */
public record LogText(String text, long offset, long next) {}
