/** Sizes, numbers of sectors, and secrets: values that all other packages use. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.api.value;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
