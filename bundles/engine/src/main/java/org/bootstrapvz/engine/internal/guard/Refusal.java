/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.guard;

/**
 * Why code of a bundle was not called, or why its result is not awaited any longer.
 *
 * @param reason as the end of a sentence that starts with the owner of the code
 * @param remedy what to do about it
 */
public record Refusal(String reason, String remedy) {}
