/* SPDX-License-Identifier: Apache-2.0 */
/** The queue of builds: submit, cancel, retry and prioritise builds. */
@Export
@NullMarked
@Version("1.0.0")
package org.bootstrapvz.appliance.api.builds;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
