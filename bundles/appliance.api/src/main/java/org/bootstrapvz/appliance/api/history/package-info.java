/* SPDX-License-Identifier: Apache-2.0 */
/** What is stored about builds: their state, tasks, artefacts and problems. */
@Export
@NullMarked
@Version("1.0.0")
package org.bootstrapvz.appliance.api.history;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
