/** The image file: its format and where it is delivered. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.image;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
