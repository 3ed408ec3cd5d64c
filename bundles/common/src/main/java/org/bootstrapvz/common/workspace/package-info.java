/** The directory of a build. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.workspace;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
