/** Sizes in bytes and in sectors. */
@Export
@Version("1.0.0")
package org.bootstrapvz.api.size;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
