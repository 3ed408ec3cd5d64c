/* SPDX-License-Identifier: Apache-2.0 */
/** The database with the queue and the history of builds. */
@NullMarked
package org.bootstrapvz.appliance.queue.internal.store;

import org.jspecify.annotations.NullMarked;
