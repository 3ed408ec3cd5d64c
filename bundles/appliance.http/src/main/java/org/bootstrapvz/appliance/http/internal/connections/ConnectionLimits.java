/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.connections;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Limits of the connections of a server.
 *
 * @param total the maximum number of connections
 * @param perAddress the maximum number of connections from one address
 * @param patience how long the head of a request may take, and how long a body or an answer may be
 *     slower than the minimum
 * @param minBytesPerSecond the minimum rate of a body and of an answer
 * @param shared whether an address stands for many clients, as that of a proxy does, so that {@code
 *     perAddress} does not apply to it
 */
public record ConnectionLimits(
    int total,
    int perAddress,
    Duration patience,
    long minBytesPerSecond,
    Predicate<String> shared) {}
