/* SPDX-License-Identifier: Apache-2.0 */
/** Runs a worker process in a user namespace and a file system of its own. */
@NullMarked
package org.bootstrapvz.appliance.workers.internal.isolation;

import org.jspecify.annotations.NullMarked;
