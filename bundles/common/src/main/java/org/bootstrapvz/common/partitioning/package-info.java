/** The partition table of the volume. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.partitioning;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
