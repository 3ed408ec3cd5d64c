/* SPDX-License-Identifier: Apache-2.0 */
/** The audit log: who did what on the appliance, and when. */
@Export
@NullMarked
@Version("1.0.0")
package org.bootstrapvz.appliance.api.audit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
