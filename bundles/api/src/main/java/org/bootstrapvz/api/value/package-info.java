/** Sizes, numbers of sectors and secrets: the values that all other packages use. */
@Export
@Version("1.0.0")
package org.bootstrapvz.api.value;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
