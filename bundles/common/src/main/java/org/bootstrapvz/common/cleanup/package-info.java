/** Removes what does not belong into a finished image. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.cleanup;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
