/** Removes what does not belong into a finished image. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.cleanup;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
