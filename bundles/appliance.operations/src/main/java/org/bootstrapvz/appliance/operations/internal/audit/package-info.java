/* SPDX-License-Identifier: Apache-2.0 */
/** The audit log in files. */
@NullMarked
package org.bootstrapvz.appliance.operations.internal.audit;

import org.jspecify.annotations.NullMarked;
