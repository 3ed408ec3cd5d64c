/* SPDX-License-Identifier: Apache-2.0 */
/** The appliance as a service: its state directory, start, configuration and health. */
@Export
@NullMarked
@Version("1.0.0")
package org.bootstrapvz.appliance.api.operations;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
