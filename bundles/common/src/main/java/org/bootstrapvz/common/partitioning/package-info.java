/** The partition table of the volume. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.partitioning;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
