/** Directories that no other user can change, and files that survive a power cut. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.api.file;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
