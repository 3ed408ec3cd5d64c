/* SPDX-License-Identifier: Apache-2.0 */
/** The layout of a plan's picture, which the command line and the appliance's page both draw. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.document.drawing;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
