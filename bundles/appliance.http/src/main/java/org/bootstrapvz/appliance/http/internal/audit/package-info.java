/* SPDX-License-Identifier: Apache-2.0 */
/** What the API records in the audit log. */
@NullMarked
package org.bootstrapvz.appliance.http.internal.audit;

import org.jspecify.annotations.NullMarked;
