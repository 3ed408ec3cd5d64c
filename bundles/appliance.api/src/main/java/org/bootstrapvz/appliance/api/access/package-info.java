/* SPDX-License-Identifier: Apache-2.0 */
/** Roles and identities: who may do what on the appliance. */
@Export
@NullMarked
@Version("1.0.0")
package org.bootstrapvz.appliance.api.access;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
