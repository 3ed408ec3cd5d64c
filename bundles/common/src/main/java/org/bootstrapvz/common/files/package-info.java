/** Copies of files of the host. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.files;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
