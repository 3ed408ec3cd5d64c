/** The image file: its format and where it is delivered. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.image;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
