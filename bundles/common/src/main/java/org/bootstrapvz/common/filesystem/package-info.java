/** The tree that becomes the root, what is mounted in it, and the filesystems made from it. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.filesystem;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
