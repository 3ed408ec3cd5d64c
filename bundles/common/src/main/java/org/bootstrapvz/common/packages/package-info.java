/** The packages of an image. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.packages;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
