/** A volume that is a directory instead of a disk. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.folder;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
