/** The manifest, read and checked, with the location of every value in its file. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.api.manifest;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
