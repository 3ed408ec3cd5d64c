/* SPDX-License-Identifier: Apache-2.0 */
/** The health checks of the appliance, and their results. */
@NullMarked
package org.bootstrapvz.appliance.operations.internal.health;

import org.jspecify.annotations.NullMarked;
