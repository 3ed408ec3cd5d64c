/* SPDX-License-Identifier: Apache-2.0 */
/** The command serve and the state directory. */
@NullMarked
package org.bootstrapvz.appliance.operations.internal;

import org.jspecify.annotations.NullMarked;
