/** A volume that is a directory instead of a disk. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.folder;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
