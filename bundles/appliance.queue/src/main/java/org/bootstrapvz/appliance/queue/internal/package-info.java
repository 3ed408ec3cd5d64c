/* SPDX-License-Identifier: Apache-2.0 */
/** Takes builds from the queue, runs them and records what they do. */
@NullMarked
package org.bootstrapvz.appliance.queue.internal;

import org.jspecify.annotations.NullMarked;
