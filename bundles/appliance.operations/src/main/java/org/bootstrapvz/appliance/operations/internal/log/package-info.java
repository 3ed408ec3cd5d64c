/* SPDX-License-Identifier: Apache-2.0 */
/** The formats and levels of the log. */
@NullMarked
package org.bootstrapvz.appliance.operations.internal.log;

import org.jspecify.annotations.NullMarked;
