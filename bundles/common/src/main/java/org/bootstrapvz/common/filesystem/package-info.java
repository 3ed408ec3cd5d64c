/** The directory that becomes the root, the mounts in it, and the filesystems created from it. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.filesystem;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
