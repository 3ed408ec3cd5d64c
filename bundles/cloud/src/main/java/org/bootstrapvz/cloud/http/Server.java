/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

/**
 * How messages name a server.
 *
 * @param name what it is, after "the": {@code registry}
 * @param addressRemedy what a user checks if it cannot be reached: {@code Check provider.push.to
 *     and that it runs}
 * @param plainRemedy what a user does if it is on this machine and has no certificate; empty if
 *     there is no remedy
 */
public record Server(String name, String addressRemedy, String plainRemedy) {}
