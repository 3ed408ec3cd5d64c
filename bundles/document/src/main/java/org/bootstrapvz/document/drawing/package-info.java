/* SPDX-License-Identifier: Apache-2.0 */
/** The layout of a plan's picture, which the command line and the appliance's page both draw. */
@Export
@Version("1.0.0")
package org.bootstrapvz.document.drawing;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
