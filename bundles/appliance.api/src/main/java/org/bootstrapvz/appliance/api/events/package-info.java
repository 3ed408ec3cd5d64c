/* SPDX-License-Identifier: Apache-2.0 */
/** The events and the log of a build, as they are recorded. */
@Export
@NullMarked
@Version("1.0.0")
package org.bootstrapvz.appliance.api.events;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
