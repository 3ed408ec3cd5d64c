/** The directory that becomes the root, the mounts in it, and the filesystems created from it. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.filesystem;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
